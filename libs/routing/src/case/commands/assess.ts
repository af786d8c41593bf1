import { NoBody } from '@onedoor/engine';
import { caseCommand } from './command.js';

export const assess = caseCommand({
  name: 'assess',
  type: 'AssessClocks',
  summary: 'State what the clocks did by now',
  body: NoBody,
  example: {},
  roles: [],
  stream: 'any',
});
