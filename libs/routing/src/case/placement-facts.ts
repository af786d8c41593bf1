import type { Instant } from '@onedoor/kernel';
import { isOnTime } from '@onedoor/sla';
import type { ResolveCase, RouteCase } from './command.js';
import type { CaseEvent, LegEnded } from './events.js';
import type { Placement, Terms } from './promise.js';
import { schedule, type Schedule } from './schedule.js';
import type { Case } from './state.js';

/** The case arrives at a department, or in triage. */
export const routed = (
  at: Instant,
  { department, because, rulesVersion }: Omit<Placement, 'terms'>,
  reason?: RouteCase['reason'],
): CaseEvent => ({
  type: 'CaseRouted',
  at,
  data: { department, because, rulesVersion, reason: reason ?? null },
});

/** Terms with what their clock will do, worked out once for the promise and the leg. */
type ScheduledTerms = Terms & Schedule;

export const scheduled = (terms: Terms | null): ScheduledTerms | null => terms && { ...terms, ...schedule(terms.clock) };

/** The promise of a round; none where no department has the case, or nothing is agreed. */
export function promise(at: Instant, round: number, department: string | null, agreed: ScheduledTerms | null): readonly CaseEvent[] {
  if (department === null || agreed === null) return [];
  const { agreementVersion, clock, dueAt, warnings } = agreed;
  return [{ type: 'PromiseMade', at, data: { round, department, agreementVersion, clock, dueAt, warnings } }];
}

/** The department's own clock begins. */
export function leg(at: Instant, department: string | null, agreed: ScheduledTerms | null): readonly CaseEvent[] {
  if (department === null) return [];
  const { agreementVersion, clock, dueAt } = agreed ?? { agreementVersion: null, clock: null, dueAt: null };
  return [{ type: 'LegStarted', at, data: { department, agreementVersion, clock, dueAt, milestones: [] } }];
}

/** The case leaves its department. */
export function endLeg({ leg }: Case, at: Instant, because: NonNullable<LegEnded['data']['because']>): readonly CaseEvent[] {
  if (leg === null) return [];
  const onTime = leg.clock && isOnTime(leg.clock, at);
  return [{ type: 'LegEnded', at, data: { department: leg.department, startedAt: leg.startedAt, onTime, because } }];
}

/** The work ends. */
export function resolve({ at, outcome, note }: Omit<ResolveCase, 'type'>, state: Case): readonly CaseEvent[] {
  const onTime = state.promise === null ? null : !state.promise.isBreached;
  return [
    ...endLeg(state, at, 'resolved'),
    { type: 'CaseResolved', at, data: { round: state.round, outcome, department: state.department, onTime, note } },
  ];
}
