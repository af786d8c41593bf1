import { assert, laterOf, type Instant } from '@onedoor/kernel';
import { dueAt, isExact, resumeClock } from '@onedoor/sla';
import type { CaseEvent } from './events.js';
import type { Leg, OwedMilestone } from './leg.js';
import type { CasePromise } from './promise.js';
import { nextWarning, schedule } from './schedule.js';
import type { Case } from './state.js';

/** Something that a clock of the case does by itself. */
export interface Milestone {
  /** The instant by which it is judged: a command at or before it comes first. */
  readonly dueAt: Instant;
  /** What is then stated. It is stamped with that instant, or with the later one at which a clock runs again that was due before. */
  readonly event: CaseEvent;
}

/** What the clocks do next, that of the promise first where both do something at once; null when nothing will happen without a command. */
export function nextMilestone({ promise, leg, round }: Case): Milestone | null {
  const ofPromise = promise && nextOfPromise(promise, round);
  const ofLeg = leg && nextOfLeg(leg);
  if (ofPromise === null || ofLeg === null) return ofPromise ?? ofLeg;
  return ofLeg.event.at < ofPromise.event.at ? ofLeg : ofPromise;
}

/** The next warning, the breach, or the end of a pause at its cap. */
function nextOfPromise(promise: CasePromise, round: number): Milestone | null {
  if (promise.isStopped) return null;
  if (promise.pauseCapAt !== null) {
    const resumed = schedule(resumeClock(promise.clock, promise.pauseCapAt));
    return milestone(promise, promise.pauseCapAt, (at) => ({ type: 'PromiseResumed', at, data: { round, ...resumed } }));
  }
  if (promise.isBreached) return null;
  const { dueAt } = promise;
  const next = nextWarning(promise.warnings, promise.warned);
  if (next === null) return milestone(promise, dueAt, (at) => ({ type: 'PromiseBreached', at, data: { round, dueAt } }));
  const { warning } = next;
  return milestone(promise, next.at, (at) => ({ type: 'PromiseDueSoon', at, data: { round, warning, dueAt } }));
}

/** The next milestone that is not reached in time, or the end of a pause at its cap. */
function nextOfLeg(leg: Leg): Milestone | null {
  const { department, pause } = leg;
  if (pause !== null) return pause.capAt === null ? null : milestone(leg, pause.capAt, (at) => legResumed(leg, at));
  const next = firstDue(leg);
  if (next === null) return null;
  const { clock, dueAt } = next;
  return milestone(leg, dueAt, (at) => ({ type: 'LegMilestoneMissed', at, data: { department, milestone: clock.milestone, dueAt } }));
}

/** Milestones of earlier releases are judged at the end of the leg only: what they did meanwhile was not stated at its time. */
const firstDue = ({ milestones }: Leg): OwedMilestone | null =>
  milestones
    .filter(({ outcome, clock }) => outcome === 'open' && isExact(clock))
    .reduce<OwedMilestone | null>((first, each) => (first === null || each.dueAt < first.dueAt ? each : first), null);

/** The department's clocks run again, and fall due as much later as they stood still. */
export function legResumed({ department, milestones }: Leg, at: Instant): CaseEvent {
  const due = milestones.map(({ clock }) => {
    const instant = dueAt(resumeClock(clock, at));
    assert(instant !== null, 'a clock that runs again falls due');
    return { milestone: clock.milestone, dueAt: instant };
  });
  return { type: 'LegResumed', at, data: { department, milestones: due } };
}

const milestone = ({ runsSince }: CasePromise | Leg, dueAt: Instant, stamp: (at: Instant) => CaseEvent): Milestone => ({
  dueAt,
  event: stamp(laterOf(dueAt, runsSince)),
});
