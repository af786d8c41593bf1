import { NoBody } from '@onedoor/engine';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

export const start = caseCommand({
  name: 'start',
  type: 'StartCase',
  summary: 'Begin the work',
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});
