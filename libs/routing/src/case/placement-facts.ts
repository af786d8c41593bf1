import type { Instant } from '@onedoor/kernel';
import { isOnTime, startClock, type Clock } from '@onedoor/sla';
import type { ResolveCase, RouteCase } from './command.js';
import type { CaseEvent } from './events.js';
import type { LegEnded, LegStarted } from './leg-events.js';
import { ACKNOWLEDGE, RESOLVE, START } from './leg.js';
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

/** Terms with what their clocks will do, worked out once for the promise and the leg. */
interface ScheduledTerms {
  readonly agreementVersion: number;
  readonly resolve: (Schedule & { readonly clock: Clock }) | null;
  readonly milestones: LegStarted['data']['milestones'];
}

export const scheduled = (terms: Terms | null): ScheduledTerms | null =>
  terms && {
    agreementVersion: terms.agreementVersion,
    resolve: terms.clock && { clock: terms.clock, ...schedule(terms.clock) },
    milestones: terms.milestones.map((clock) => ({ clock, dueAt: schedule(clock).dueAt })),
  };

/** The same terms with their clocks started at another instant. */
export function startedAt(terms: Terms | null, at: Instant): Terms | null {
  const started = (clock: Clock): Clock => startClock({ ...clock, startedAt: at });
  return terms && { ...terms, clock: terms.clock && started(terms.clock), milestones: terms.milestones.map(started) };
}

/** The promise of a round; none where no department has the case, or no resolution is agreed. */
export function promise(at: Instant, round: number, department: string | null, agreed: ScheduledTerms | null): readonly CaseEvent[] {
  if (department === null || agreed === null || agreed.resolve === null) return [];
  const { agreementVersion, resolve } = agreed;
  const { clock, dueAt, warnings } = resolve;
  return [{ type: 'PromiseMade', at, data: { round, department, agreementVersion, clock, dueAt, warnings } }];
}

/** The department's own clocks begin. */
export function leg(at: Instant, department: string | null, agreed: ScheduledTerms | null): readonly CaseEvent[] {
  if (department === null) return [];
  const { agreementVersion, resolve, milestones } = agreed ?? { agreementVersion: null, resolve: null, milestones: [] };
  const { clock, dueAt } = resolve ?? { clock: null, dueAt: null };
  return [{ type: 'LegStarted', at, data: { department, agreementVersion, clock, dueAt, milestones } }];
}

/** A milestone of the leg that is reached by now, where the agreement has it and its time was not over. */
export function met({ leg }: Case, at: Instant, ...names: readonly string[]): readonly CaseEvent[] {
  if (leg === null) return [];
  const { department } = leg;
  return leg.milestones
    .filter(({ outcome, clock }) => outcome === 'open' && names.includes(clock.milestone))
    .map(({ clock, dueAt }) => ({ type: 'LegMilestoneMet', at, data: { department, milestone: clock.milestone, dueAt } }));
}

/** The case leaves its department. */
export function endLeg({ leg }: Case, at: Instant, because: NonNullable<LegEnded['data']['because']>): readonly CaseEvent[] {
  if (leg === null) return [];
  const owed = leg.milestones.find(({ clock }) => clock.milestone === RESOLVE);
  const onTime = owed === undefined ? null : isOnTime(owed.clock, at);
  return [{ type: 'LegEnded', at, data: { department: leg.department, startedAt: leg.startedAt, onTime, because } }];
}

/** The work ends. */
export function resolve({ at, outcome, ending, note }: Omit<ResolveCase, 'type'>, state: Case): readonly CaseEvent[] {
  const onTime = state.promise === null ? null : !state.promise.isBreached;
  return [
    ...met(state, at, ACKNOWLEDGE, START),
    ...endLeg(state, at, 'resolved'),
    { type: 'CaseResolved', at, data: { round: state.round, outcome, department: state.department, onTime, ending, note } },
  ];
}
