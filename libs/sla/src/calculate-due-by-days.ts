import { msOf } from '@onedoor/kernel';
import { addBusinessDays, businessDaysBetween, isBusinessDay } from './business-time.js';
import { type Clock, countsFrom, pausesThatCount } from './clock.js';
import type { LocalDay } from './local-date.js';
import { openingTimesOf, type OpeningTimes } from './opening-times.js';
import type { DueCalculation, Step } from './steps.js';
import { instantOfWallTime, type WallTime, wallTimeOf } from './wall-clock.js';

/**
 * Moves from date to date and keeps the time of day. A pause moves the due date by days, independent of its hours:
 * calendar days by the local midnights that it spans; business days by the business days begun during it, that is the
 * business dates after the (effective) local date of its beginning, up to and including that of its end. So a pause that
 * ends on the local date it began on moves nothing, and neither does one that begins at or after the due instant.
 * The time of day is kept, so the due instant can lie before the resume: paused at nine, due at ten, resumed at eleven is late.
 */
export function calculateDueByDays(clock: Clock, days: DayRule): DueCalculation {
  const { zone } = clock.calendar;
  const { steps, start, startMs: effectiveStartMs } = days.begin(msOf(countsFrom(clock)));
  let due: WallTime = { ...start, day: days.add(start.day, clock.target.amount) };
  let dueMs = instantOfWallTime(due, zone);
  const moves: Step[] = [...steps, { kind: 'count', fromMs: effectiveStartMs, toMs: dueMs, counted: clock.target.amount, reason: '' }];
  for (const pause of pausesThatCount(clock)) {
    const pausedMs = msOf(pause.from);
    if (pausedMs >= dueMs) break;
    if (pause.to === null) return { steps: stepsUntilPause(clock), effectiveStartMs, dueMs: null };
    const from = wallTimeOf(Math.max(pausedMs, effectiveStartMs), zone).day;
    const moved = Math.max(0, days.between(from, wallTimeOf(msOf(pause.to), zone).day));
    due = { ...due, day: days.add(due.day, moved) };
    const beforeMs = dueMs;
    dueMs = instantOfWallTime(due, zone);
    moves.push({ kind: 'pause', fromMs: beforeMs, toMs: dueMs, counted: moved, reason: pause.reason });
  }
  return { steps: moves, effectiveStartMs, dueMs };
}

/** The part of the calculation that differs between business days and calendar days. */
interface DayRule {
  begin(startMs: number): { readonly steps: readonly Step[]; readonly start: WallTime; readonly startMs: number };
  add(day: LocalDay, amount: number): LocalDay;
  between(after: LocalDay, upTo: LocalDay): number;
}

/** Every date counts, also one that the zone skipped when it crossed the date line. */
export const calendarDays = (clock: Clock): DayRule => ({
  begin: (startMs) => ({ steps: [], start: wallTimeOf(startMs, clock.calendar.zone), startMs }),
  add: (day, amount) => day + amount,
  between: (after, upTo) => upTo - after,
});

/** Dates with opening hours count. Boston's rule of 2011, recovered from its own target dates. */
export function businessDays(clock: Clock): DayRule {
  const times = openingTimesOf(clock.calendar);
  return {
    begin: (startMs) => beginBusinessDays(times, startMs),
    add: (day, amount) => addBusinessDays(times, day, amount),
    between: (after, upTo) => businessDaysBetween(times, after, upTo),
  };
}

/**
 * First a start on a closed day moves to the next business day at the same time of day; only then, what is at or after the
 * cut-off moves to the business day after. The order matters: a Saturday evening starts on Tuesday morning.
 * A start before opening keeps its time.
 */
function beginBusinessDays(times: OpeningTimes, startedMs: number): ReturnType<DayRule['begin']> {
  const steps: Step[] = [];
  let start = wallTimeOf(startedMs, times.zone);
  let startMs = startedMs;
  const move = (kind: 'next_business_day' | 'cut_off', timeOfDayMs: number): void => {
    start = { day: addBusinessDays(times, start.day, 1), timeOfDayMs };
    const toMs = instantOfWallTime(start, times.zone);
    steps.push({ kind, fromMs: startMs, toMs, counted: null, reason: '' });
    startMs = toMs;
  };
  if (!isBusinessDay(times, start.day)) move('next_business_day', start.timeOfDayMs);
  if (times.cutOffMs !== null && start.timeOfDayMs >= times.cutOffMs) move('cut_off', times.nextStartMs ?? start.timeOfDayMs);
  return { steps, start, startMs };
}

/** While a clock is paused its due date is open, so its steps are time as it passed: counting and pauses in turn. */
function stepsUntilPause(clock: Clock): readonly Step[] {
  const steps: Step[] = [];
  let atMs = msOf(countsFrom(clock));
  for (const pause of pausesThatCount(clock)) {
    steps.push({ kind: 'count', fromMs: atMs, toMs: msOf(pause.from), counted: null, reason: '' });
    if (pause.to === null) break;
    steps.push({ kind: 'pause', fromMs: msOf(pause.from), toMs: msOf(pause.to), counted: null, reason: pause.reason });
    atMs = msOf(pause.to);
  }
  return steps;
}
