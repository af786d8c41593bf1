import { assertNever, type Instant } from '@onedoor/kernel';
import { dueAt, pauseClock, resumeClock, type Clock } from '@onedoor/sla';
import type { LegEvent, LegStarted } from './leg-events.js';
import type { PromiseEvent } from './promise-events.js';

/** A department's own time with the case. */
export interface Leg {
  readonly department: string;
  readonly startedAt: Instant;
  /** When the department said that the case is its own; null until then. */
  readonly acceptedAt: Instant | null;
  /** Since when its clocks run without a break: what they do by themselves happens then at the earliest. */
  readonly runsSince: Instant;
  readonly milestones: readonly OwedMilestone[];
  readonly pause: LegPause | null;
}

/** What the department owes, on a clock of its own. The one of the resolution is called `resolve`. */
export interface OwedMilestone {
  readonly clock: Clock;
  readonly dueAt: Instant;
  readonly outcome: 'open' | 'met' | 'missed';
}

/** While its clocks stand still: until `capAt` at the latest; null in cases of earlier releases, where the promise took them along. */
export interface LegPause {
  readonly reason: string;
  readonly since: Instant;
  readonly capAt: Instant | null;
}

/** How long a department's clocks stood still in this round, and why: what a cap is used up by. */
export interface Standstill {
  readonly department: string;
  readonly reason: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** The milestone whose target is also the promise to the resident. */
export const RESOLVE = 'resolve';
/** Reached by the department's acceptance, or by what it would not do with a case that is not its own: its start, or its resolution. */
export const ACKNOWLEDGE = 'acknowledge';
/** Reached by the start of the work, or by its end. */
export const START = 'start';

/** The milestones of a leg that nothing but their own command reaches, such as an inspection. */
export const namedMilestones = ({ leg }: { readonly leg: Leg | null }): readonly string[] =>
  (leg?.milestones ?? []).map(({ clock }) => clock.milestone).filter((name) => ![ACKNOWLEDGE, START, RESOLVE].includes(name));

/** What each event means for the leg. The numbers were settled when the event was written. */
export function evolveLeg(leg: Leg | null, event: LegEvent): Leg | null {
  if (event.type === 'LegStarted') return newLeg(event);
  if (event.type === 'LegEnded') return null;
  if (leg === null) return null;
  const { at } = event;
  switch (event.type) {
    case 'LegPaused':
      return standing(leg, at, event.data);
    case 'LegResumed': {
      const due = new Map(event.data.milestones.map((each) => [each.milestone, each.dueAt]));
      return running(leg, at, (clock, before) => due.get(clock.milestone) ?? before);
    }
    case 'LegMilestoneMet':
      return withOutcome(leg, event.data, 'met');
    case 'LegMilestoneMissed':
      return withOutcome(leg, event.data, 'missed');
    default:
      return assertNever(event);
  }
}

/** In cases of earlier releases a promise that stands still takes the leg along, and brings it back. */
export function evolveLegWithPromise(leg: Leg | null, event: PromiseEvent): Leg | null {
  if (leg === null) return null;
  if (event.type === 'PromisePaused' && event.data.stopsLeg) return standing(leg, event.at, { reason: event.data.reason, capAt: null });
  if (event.type !== 'PromiseResumed' || leg.pause === null || leg.pause.capAt !== null) return leg;
  return running(leg, event.at, (clock, before) => dueAt(clock) ?? before);
}

function newLeg({ at, data: { department, clock, dueAt: due, milestones } }: LegStarted): Leg {
  const owed = clock === null || due === null ? milestones : [{ clock, dueAt: due }, ...milestones];
  return {
    department,
    startedAt: at,
    acceptedAt: null,
    runsSince: at,
    milestones: owed.map((each) => ({ ...each, outcome: 'open' })),
    pause: null,
  };
}

const standing = (leg: Leg, at: Instant, { reason, capAt }: { readonly reason: string; readonly capAt: Instant | null }): Leg => ({
  ...leg,
  milestones: leg.milestones.map((owed) => ({ ...owed, clock: pauseClock(owed.clock, at, reason) })),
  pause: { reason, since: at, capAt },
});

function running(leg: Leg, at: Instant, dueOf: (clock: Clock, before: Instant) => Instant): Leg {
  const milestones = leg.milestones.map((owed) => {
    const clock = resumeClock(owed.clock, at);
    return { ...owed, clock, dueAt: dueOf(clock, owed.dueAt) };
  });
  return { ...leg, runsSince: at, milestones, pause: null };
}

const withOutcome = (leg: Leg, { milestone }: { readonly milestone: string }, outcome: OwedMilestone['outcome']): Leg => ({
  ...leg,
  milestones: leg.milestones.map((owed) => (owed.clock.milestone === milestone ? { ...owed, outcome } : owed)),
});
