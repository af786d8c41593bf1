import { REOPEN_REASONS } from '@onedoor/contracts';
import { NoBody } from '@onedoor/engine';
import { OneOf } from '@onedoor/platform';
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

class ReopenCaseBody {
  @OneOf('reason', REOPEN_REASONS) reason!: (typeof REOPEN_REASONS)[number];
}

export const reopen = caseCommand({
  name: 'reopen',
  type: 'ReopenCase',
  summary: 'Go on with a case that had ended',
  details: 'A new round begins, with a promise of its own.',
  body: ReopenCaseBody,
  example: { reason: 'not_fixed' },
  roles: WORKERS_ON_CASES,
  async prepare({ body: { reason }, at, state: { department, service, round } }, { policies }) {
    const terms = department === null ? null : await policies.terms(department, service, at);
    return { type: 'ReopenCase', at, reason, round, terms };
  },
});
