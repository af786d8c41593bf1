import { RETURN_REASONS, type ReturnReason } from '@onedoor/contracts';
import { Note, OneOf } from '@onedoor/platform';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class ReturnCaseBody {
  @OneOf('reason', RETURN_REASONS) reason!: ReturnReason;
  @Note('note') note?: string | null;
}

export const giveBack = caseCommand({
  name: 'return',
  type: 'ReturnCase',
  summary: 'Give the case back to triage',
  details: 'Within the hours that the agreement grants, the misroute is charged to 311 once that accepts it or sends the case elsewhere.',
  body: ReturnCaseBody,
  example: { reason: 'outside_jurisdiction', note: null },
  roles: WORKERS_ON_CASES,
  refusals: { PERSONAL_DATA_ERASED: 409 },
  async prepare(asked, { policies, seal }) {
    const { body, at, state } = asked;
    const sealed = await seal(asked, body.note);
    if ('code' in sealed) return sealed;
    // By what was agreed when the case arrived.
    const agreed = state.leg && (await policies.agreement(state.leg.department, state.leg.startedAt));
    return { type: 'ReturnCase', at, reason: body.reason, withinHours: agreed?.returnWithinHours ?? null, ...sealed };
  },
});
