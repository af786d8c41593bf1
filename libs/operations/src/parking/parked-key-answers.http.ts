import { NOTHING_ANSWERED, text, type CommandAnswers } from '@onedoor/platform';
import { describeParkedKey } from './parked-key.js';

/** What the commands about a parked key answer: nothing, for its consumer does it a moment later. */
export const PARKED_KEY_ANSWERS: CommandAnswers = {
  tag: 'Operation',
  name: 'ParkedKeys',
  parameter: text('The consumer and the key: `<group>.<key>`.'),
  usual: NOTHING_ANSWERED,
  describe: describeParkedKey,
};
