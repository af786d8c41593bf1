import { NoBody } from '@onedoor/engine';
import { Matches } from 'class-validator';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

export const accept = caseCommand({
  name: 'accept',
  type: 'AcceptCase',
  summary: "Say that the case is the department's own",
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});

class AssignCaseBody {
  /** An opaque id: names and addresses stay out of events. */
  @Matches(/^[\w:-][\w.:-]{0,99}$/, {
    message: 'assignee: must be an id of 1 to 100 letters, digits, dots, colons, dashes and underscores, that begins with no dot',
  })
  assignee!: string;
}

export const assign = caseCommand({
  name: 'assign',
  type: 'AssignCase',
  summary: 'Give the case to an employee or a crew',
  body: AssignCaseBody,
  example: { assignee: 'crew-7' },
  roles: WORKERS_ON_CASES,
});

export const start = caseCommand({
  name: 'start',
  type: 'StartCase',
  summary: 'Begin the work',
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});
