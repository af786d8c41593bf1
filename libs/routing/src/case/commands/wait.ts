import { WAIT_REASONS } from '@onedoor/contracts';
import { NoBody } from '@onedoor/engine';
import { DAY_MS, instantOf, msOf, reject } from '@onedoor/kernel';
import { Identifier, InstantText, Note } from '@onedoor/platform';
import { REASON_CHARACTERS } from '../../agreement/commands/terms-body.js';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class WaitCaseBody {
  /** Which ones are known depends on the department's agreement. */
  @Identifier('reason', REASON_CHARACTERS) reason!: string;

  @InstantText('expectedUntil') expectedUntil!: string;
  @Note('note') note?: string | null;
}

export const wait = caseCommand({
  name: 'wait',
  type: 'WaitCase',
  summary: 'Wait for something',
  details:
    "Where the agreement allows it for this reason, the department's clocks stand still meanwhile, and for a cause outside the city the " +
    'promise too: until what is left of the cap in this round is used up.',
  body: WaitCaseBody,
  example: { reason: 'weather', expectedUntil: '2026-11-25T13:00:00Z', note: 'Asphalt does not hold below freezing' },
  roles: WORKERS_ON_CASES,
  refusals: { WAIT_REASON_UNKNOWN: 409, WAIT_HAS_NO_END: 409, PERSONAL_DATA_ERASED: 409 },
  async prepare(asked, { policies, seal }) {
    const { body, at, state } = asked;
    const agreed = state.department === null ? null : await policies.agreement(state.department, at);
    const pauses = agreed?.pauses ?? [];
    const known = [...new Set([...pauses.map(({ reason }) => reason), ...WAIT_REASONS])];
    if (!known.includes(body.reason)) return reject('WAIT_REASON_UNKNOWN', `reason: must be one of ${known.join(', ')}`);
    const sealed = await seal(asked, body.note);
    if ('code' in sealed) return sealed;
    const cap = pauses.find(({ reason }) => reason === body.reason);
    const pause = cap === undefined ? null : { capMs: cap.capDays * DAY_MS };
    return { type: 'WaitCase', at, reason: body.reason, expectedUntil: instantOf(msOf(body.expectedUntil)), pause, ...sealed };
  },
});

export const resume = caseCommand({
  name: 'resume',
  type: 'ResumeCase',
  summary: 'Go on after a wait',
  body: NoBody,
  example: {},
  roles: WORKERS_ON_CASES,
});
