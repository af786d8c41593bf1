import { assert, type Instant, isInstant } from '@onedoor/kernel';
import type { Calendar } from './calendar.js';
import { frozenCalendar } from './frozen-calendar.js';
import type { Target, Warning } from './target.js';

/**
 * One running milestone, complete in itself: the target, the warnings and the calendar as agreed when it was started, and
 * its pauses and restarts since. Plain JSON data, to be written into the event that starts it; everything this library
 * computes for a clock is a function of this value alone, so a later agreement or calendar never moves an earlier promise.
 */
export interface Clock {
  /** `acknowledge`, `start`, `resolve`, or any name that an agreement gives, such as `inspect`. */
  readonly milestone: string;
  readonly startedAt: Instant;
  readonly reckoning: Reckoning;
  readonly target: Target;
  readonly calendar: Calendar;
  readonly warnings: readonly Warning[];
  /** In order of time, all of them, also those before a restart. `to` is null while the pause lasts. */
  readonly pauses: readonly { readonly from: Instant; readonly to: Instant | null; readonly reason: string }[];
  /** In order of time; the last is where counting begins. */
  readonly restarts: readonly { readonly at: Instant; readonly reason: string }[];
}

/**
 * By which arithmetic a clock is judged for as long as it lives. `exact`, the one in which clocks start: a pause moves every target by its
 * exact length, and warnings fall into opening hours. `by_date`, that of earlier releases: a pause moves a target of days by whole days,
 * and warnings fall at any hour. A clock without a name is of an earlier release.
 */
export type Reckoning = 'exact' | 'by_date';

export const isExact = ({ reckoning }: Clock): boolean => reckoning === 'exact';

/** Starts a clock. The target and the calendar must be free of problems (`targetProblems`, `calendarProblems`). */
export function startClock(start: {
  readonly milestone: string;
  readonly startedAt: Instant;
  readonly target: Target;
  readonly calendar: Calendar;
  readonly warnings: readonly Warning[];
}): Clock {
  const { milestone, startedAt, target, calendar, warnings } = start;
  assert(isInstant(startedAt), 'a clock starts at an instant');
  assert(Number.isSafeInteger(target.amount) && target.amount > 0, 'a target is a positive whole number of units');
  return {
    milestone,
    startedAt,
    reckoning: 'exact',
    target: { amount: target.amount, unit: target.unit },
    calendar: frozenCalendar(calendar),
    warnings: warnings.map((warning) => ({ ...warning })),
    pauses: [],
    restarts: [],
  };
}

/** Stops the counting. The clock must be running, and `at` must not lie before its latest start, pause or resume. */
export function pauseClock(clock: Clock, at: Instant, reason: string): Clock {
  assert(!isPaused(clock), 'only a running clock is paused');
  assertLatest(clock, at);
  return { ...clock, pauses: [...clock.pauses, { from: at, to: null, reason }] };
}

/** Goes on counting. The clock must be paused, and `at` must not lie before the pause began. */
export function resumeClock(clock: Clock, at: Instant): Clock {
  assert(isPaused(clock), 'only a paused clock is resumed');
  assertLatest(clock, at);
  return { ...clock, pauses: endPause(clock, at) };
}

/**
 * Begins to count the whole target anew, as when a case is reopened. Pauses until then stay on record and no longer count;
 * a pause that still lasts ends here, since a restarted clock runs.
 */
export function restartClock(clock: Clock, at: Instant, reason: string): Clock {
  assertLatest(clock, at);
  return { ...clock, pauses: endPause(clock, at), restarts: [...clock.restarts, { at, reason }] };
}

/** Whether a pause has begun and not yet ended. */
export const isPaused = (clock: Clock): boolean => clock.pauses.at(-1)?.to === null;

/** Where counting begins: the last restart, or else the start. */
export const countsFrom = (clock: Clock): Instant => clock.restarts.at(-1)?.at ?? clock.startedAt;

/** The pauses since counting began, in order of time. */
export const pausesThatCount = (clock: Clock): Clock['pauses'] =>
  clock.restarts.length === 0 ? clock.pauses : clock.pauses.filter((pause) => pause.from >= countsFrom(clock));

const endPause = (clock: Clock, at: Instant): Clock['pauses'] =>
  clock.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause));

function assertLatest(clock: Clock, at: Instant): void {
  const pause = clock.pauses.at(-1);
  const latest = [countsFrom(clock), pause?.from ?? '', pause?.to ?? ''].reduce((one, other) => (one > other ? one : other));
  assert(isInstant(at) && at >= latest, 'what happens to a clock happens in order of time');
}
