import { NoBody } from '@onedoor/engine';
import { caseCommand } from './command.js';

export const acceptReturn = caseCommand({
  name: 'accept-return',
  type: 'AcceptReturn',
  summary: 'Accept that the case had been sent to the wrong department',
  details: 'A return within the agreed hours is charged to 311. So it is when 311 sends the case to another department, or ends it.',
  body: NoBody,
  example: {},
  // A department does not decide about its own return.
  roles: ['router'],
});
