import { NoBody } from '@onedoor/engine';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

export const resume = caseCommand({
  name: 'resume',
  type: 'ResumeCase',
  summary: 'Go on after a wait',
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});
