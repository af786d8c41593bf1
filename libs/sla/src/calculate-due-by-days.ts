import { msOf } from '@onedoor/kernel';
import { addBusinessDays, businessDaysBetween, isBusinessDay, nextOpenMs } from './business-time.js';
import { type Clock, countsFrom, isExact, pausesThatCount } from './clock.js';
import { ALL_TIME, type Counting, openTime } from './counting.js';
import { type LocalDay, weekdayIndexOf } from './local-date.js';
import { openingTimesOf, type OpeningTimes, withinHours } from './opening-times.js';
import type { DueCalculation, Step } from './steps.js';
import { instantOfWallTime, type WallTime, wallTimeOf } from './wall-clock.js';

/**
 * Moves from date to date and keeps the time of day. Then each pause that begins before the due instant moves it: by the exact length of
 * the pause, or, for a clock of an earlier release, by days.
 */
export function calculateDueByDays(clock: Clock, days: DayRule): DueCalculation {
  const { zone } = clock.calendar;
  const { steps, start, startMs: effectiveStartMs } = days.begin(msOf(countsFrom(clock)));
  const due = days.due({ ...start, day: days.add(start.day, clock.target.amount) });
  const dueMs = instantOfWallTime(due, zone);
  const counted: Step = { kind: 'count', fromMs: effectiveStartMs, toMs: dueMs, counted: clock.target.amount, reason: '' };
  const way: WayToDue = { due, dueMs, effectiveStartMs, steps: [...steps, counted] };
  return isExact(clock) ? moveByTime(clock, days, way) : moveByDates(clock, days, way);
}

/** How far the calculation has come: what follows are the pauses. */
interface WayToDue {
  readonly due: WallTime;
  readonly dueMs: number;
  readonly effectiveStartMs: number;
  readonly steps: readonly Step[];
}

/**
 * A pause moves the due instant by as much time: open time for business days, all time for calendar days; and to the resume at the
 * earliest, where none of it was open. A pause that begins as the one before ends continues it.
 */
function moveByTime(clock: Clock, days: DayRule, { dueMs, effectiveStartMs, steps }: WayToDue): DueCalculation {
  const moves = [...steps];
  let atMs = dueMs;
  let resumedMs = -Infinity;
  for (const pause of pausesThatCount(clock)) {
    const pausedMs = msOf(pause.from);
    if (pausedMs >= atMs && pausedMs !== resumedMs) break;
    if (pause.to === null) return { steps: stepsUntilPause(clock), effectiveStartMs, dueMs: null };
    resumedMs = msOf(pause.to);
    const countedMs = days.time.between(pausedMs, resumedMs);
    const movedMs = days.notBefore(days.time.add(atMs, countedMs), resumedMs);
    moves.push({ kind: 'pause', fromMs: atMs, toMs: movedMs, counted: countedMs, reason: pause.reason });
    atMs = movedMs;
  }
  return { steps: moves, effectiveStartMs, dueMs: atMs };
}

/**
 * The reckoning of earlier releases. A pause moves the due date by days, independent of its hours: calendar days by the local midnights
 * that it spans; business days by the business days begun during it, that is the business dates after the (effective) local date of its
 * beginning, up to and including that of its end. The time of day is kept, so the due instant can lie before the resume.
 */
function moveByDates(clock: Clock, days: DayRule, way: WayToDue): DueCalculation {
  const { zone } = clock.calendar;
  const { effectiveStartMs } = way;
  let { due, dueMs } = way;
  const moves = [...way.steps];
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
  /** Days after one date, up to and including another. */
  between(after: LocalDay, upTo: LocalDay): number;
  /** When the day's target falls due that the time of day leads to. */
  due(reached: WallTime): WallTime;
  /** The time by which pauses are measured. */
  readonly time: Counting;
  /** The due instant, or where the resume is later, that of the resume. */
  notBefore(dueMs: number, resumedMs: number): number;
}

/** Every date counts, also one that the zone skipped when it crossed the date line. */
export const calendarDays = (clock: Clock): DayRule => ({
  begin: (startMs) => ({ steps: [], start: wallTimeOf(startMs, clock.calendar.zone), startMs }),
  add: (day, amount) => day + amount,
  between: (after, upTo) => upTo - after,
  due: (reached) => reached,
  time: ALL_TIME,
  notBefore: (dueMs, resumedMs) => Math.max(dueMs, resumedMs),
});

/** Dates with opening hours count. Boston's rule of 2011, recovered from its own target dates. */
export function businessDays(clock: Clock): DayRule {
  const times = openingTimesOf(clock.calendar);
  const { isDueWithinHours } = times;
  return {
    begin: (startMs) => beginBusinessDays(times, startMs),
    add: (day, amount) => addBusinessDays(times, day, amount),
    between: (after, upTo) => businessDaysBetween(times, after, upTo),
    due: ({ day, timeOfDayMs }) => ({ day, timeOfDayMs: isDueWithinHours ? withinHours(times, day, timeOfDayMs) : timeOfDayMs }),
    time: openTime(times),
    notBefore: (dueMs, resumedMs) => (dueMs >= resumedMs ? dueMs : isDueWithinHours ? nextOpenMs(times, resumedMs) : resumedMs),
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
  /** To the next business day: at the same time of day, or after the cut-off at that day's next start where it has one. */
  const move = (kind: 'next_business_day' | 'cut_off'): void => {
    const day = addBusinessDays(times, start.day, 1);
    const nextStartMs = kind === 'cut_off' ? (times.nextStartMs[weekdayIndexOf(day)] ?? null) : null;
    start = { day, timeOfDayMs: nextStartMs ?? start.timeOfDayMs };
    const toMs = instantOfWallTime(start, times.zone);
    steps.push({ kind, fromMs: startMs, toMs, counted: null, reason: '' });
    startMs = toMs;
  };
  if (!isBusinessDay(times, start.day)) move('next_business_day');
  const cutOffMs = times.cutOffMs[weekdayIndexOf(start.day)] ?? null;
  if (cutOffMs !== null && start.timeOfDayMs >= cutOffMs) move('cut_off');
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
