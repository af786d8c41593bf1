import { NoBody } from '@onedoor/engine';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

export const accept = caseCommand({
  name: 'accept',
  type: 'AcceptCase',
  summary: "Say that the case is the department's own",
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});
