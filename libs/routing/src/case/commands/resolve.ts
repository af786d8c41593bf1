import { OUTCOMES, type Outcome } from '@onedoor/contracts';
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
