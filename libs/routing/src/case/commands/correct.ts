import type { Outcome } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { caseCommand } from './command.js';

/** What the record says. `closing.note`: the words of its end. */
class CorrectCaseBody {
  changedAt!: Instant;
  /** The department that the record names; null leaves it to the rules. */
  department!: string | null;
  closing!: { readonly at: Instant; readonly outcome: Outcome; readonly note: string | null } | null;
  until!: Instant;
}

export const correct = caseCommand({
  name: 'correct',
  type: 'CorrectCase',
  summary: 'Make the case what the record of its system of origin says by now',
  body: CorrectCaseBody,
  example: { changedAt: '2026-03-02T14:00:00.000Z', department: null, closing: null, until: '2026-03-02T14:00:00.000Z' },
  roles: [],
  refusals: { PERSONAL_DATA_ERASED: 409 },
  async prepare(asked, { policies, seal }) {
    const { at, body, state } = asked;
    const { changedAt, department, closing, until } = body;
    const sealed = await seal(asked, closing?.note);
    if ('code' in sealed) return sealed;
    const placement = await policies.place(state.service, department, state.openedAt);
    return {
      type: 'CorrectCase',
      at,
      changedAt,
      placement,
      ending: closing && { at: closing.at, outcome: closing.outcome, note: sealed.note },
      until,
    };
  },
});
