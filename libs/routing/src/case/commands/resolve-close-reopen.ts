import { OUTCOMES, REOPEN_REASONS, type Outcome } from '@onedoor/contracts';
import { NoBody } from '@onedoor/engine';
import { Note, OneOf } from '@onedoor/platform';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class ResolveCaseBody {
  @OneOf('outcome', OUTCOMES) outcome!: Outcome;
  @Note('note') note?: string | null;
}

export const resolve = caseCommand({
  name: 'resolve',
  type: 'ResolveCase',
  summary: 'End the work',
  body: ResolveCaseBody,
  example: { outcome: 'fixed', note: null },
  roles: WORKERS_ON_CASES,
  refusals: { PERSONAL_DATA_ERASED: 409 },
  async prepare(asked, { seal }) {
    const { body, at } = asked;
    const sealed = await seal(asked, body.note);
    return 'code' in sealed ? sealed : { type: 'ResolveCase', at, outcome: body.outcome, ...sealed };
  },
});

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
