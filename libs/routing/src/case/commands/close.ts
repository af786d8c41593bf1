import { NoBody } from '@onedoor/engine';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

export const close = caseCommand({
  name: 'close',
  type: 'CloseCase',
  summary: 'Close what was resolved',
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
  prepare: ({ at, state: { round } }) => ({ type: 'CloseCase', at, round }),
});
