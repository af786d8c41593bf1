import { assert, DAY_MS } from '@onedoor/kernel';
import { firstWhere } from './binary-search.js';
import { type Calendar, dayTimeOf, type DayTimes, timeOfDayMsOf, WEEKDAYS } from './calendar.js';
import { type LocalDay, localDayOf, weekdayIndexOf, weekOf } from './local-date.js';

/**
 * A calendar prepared for arithmetic: clock times as milliseconds, and running totals, so that the open time before any
 * wall time is a sum of four numbers and long spans cost no more than short ones.
 */
export interface OpeningTimes {
  readonly zone: string;
  /** By weekday from Monday, in order, as milliseconds of the day. */
  readonly spans: readonly (readonly Span[])[];
  /** Open milliseconds of a week before each weekday; the eighth is the whole week. */
  readonly openMsBeforeWeekday: readonly number[];
  /** Days that their weekday would open but a holiday closes, in order. */
  readonly skippedDays: readonly LocalDay[];
  /** Open milliseconds lost to the first n skipped days. */
  readonly lostMsBefore: readonly number[];
  /** By weekday from Monday; null where the day has none. */
  readonly cutOffMs: readonly (number | null)[];
  readonly nextStartMs: readonly (number | null)[];
  readonly isDueWithinHours: boolean;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const known = new WeakMap<Calendar, OpeningTimes>();

/** Cached per calendar object, not per id and version: two calendars of one id and version may still differ. */
export function openingTimesOf(calendar: Calendar): OpeningTimes {
  const kept = known.get(calendar);
  if (kept !== undefined) return kept;
  const made = prepare(calendar);
  known.set(calendar, made);
  return made;
}

/** Whether a day of the week and the holidays leave this date open. Whether the date existed in the zone is not checked here. */
export const hasHours = (times: OpeningTimes, day: LocalDay): boolean =>
  (times.spans[weekdayIndexOf(day)] as readonly Span[]).length > 0 && !isSkipped(times, day);

/**
 * A time of day moved into the opening hours of its weekday: to the next opening of the day, or after its last hours to their end. As it is
 * where it lies within them, both ends included.
 */
export function withinHours(times: OpeningTimes, day: LocalDay, timeOfDayMs: number): number {
  const spans = times.spans[weekdayIndexOf(day)] as readonly Span[];
  const span = spans.find(({ toMs }) => timeOfDayMs <= toMs) ?? spans.at(-1);
  return span === undefined ? timeOfDayMs : Math.min(Math.max(timeOfDayMs, span.fromMs), span.toMs);
}

/**
 * Open milliseconds of the wall clock from its week zero to a wall time, given in milliseconds since 1970-01-01 00:00 local.
 * Only differences are meaningful, and only within one offset segment.
 */
export function openMsBefore(times: OpeningTimes, localMs: number): number {
  const day = Math.floor(localMs / DAY_MS);
  const before = openMsBeforeDay(times, day);
  if (isSkipped(times, day)) return before;
  const timeOfDayMs = localMs - day * DAY_MS;
  let today = 0;
  for (const { fromMs, toMs } of times.spans[weekdayIndexOf(day)] as readonly Span[]) {
    if (timeOfDayMs > fromMs) today += Math.min(timeOfDayMs, toMs) - fromMs;
  }
  return before + today;
}

/** The first wall time before which `openMs` are open; the inverse of `openMsBefore`. It must lie between the two days given. */
export function wallTimeAfterOpenMs(times: OpeningTimes, openMs: number, firstDay: LocalDay, lastDay: LocalDay): number {
  const day = firstWhere(firstDay, lastDay, (candidate) => openMsBeforeDay(times, candidate + 1) >= openMs);
  let rest = openMs - openMsBeforeDay(times, day);
  for (const { fromMs, toMs } of times.spans[weekdayIndexOf(day)] as readonly Span[]) {
    if (rest <= toMs - fromMs) return day * DAY_MS + fromMs + rest;
    rest -= toMs - fromMs;
  }
  assert(false, 'the open time asked for lies between the two days');
}

function openMsBeforeDay(times: OpeningTimes, day: LocalDay): number {
  const totals = times.openMsBeforeWeekday as readonly [...number[]];
  const ofWeeks = weekOf(day) * (totals[7] as number);
  const ofWeekdays = totals[weekdayIndexOf(day)] as number;
  return ofWeeks + ofWeekdays - (times.lostMsBefore[skippedBefore(times, day)] as number);
}

const isSkipped = (times: OpeningTimes, day: LocalDay): boolean => times.skippedDays[skippedBefore(times, day)] === day;

/** How many skipped days lie before a day. */
const skippedBefore = ({ skippedDays }: OpeningTimes, day: LocalDay): number =>
  firstWhere(0, skippedDays.length, (index) => (skippedDays[index] as LocalDay) >= day);

function prepare(calendar: Calendar): OpeningTimes {
  const spans = WEEKDAYS.map((weekday) =>
    (calendar.weeklyHours[weekday] ?? [])
      .map(({ from, to }) => ({ fromMs: readTime(from), toMs: readTime(to) }))
      .sort((one, other) => one.fromMs - other.fromMs),
  );
  const openMs = spans.map((ofDay) => ofDay.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0));
  assert(
    openMs.some((ms) => ms > 0),
    'a calendar is open at some time of the week',
  );
  const skippedDays = calendar.skipHolidays ? skippedDaysOf(calendar, openMs) : [];
  return {
    zone: calendar.zone,
    spans,
    openMsBeforeWeekday: runningTotals(openMs),
    skippedDays,
    lostMsBefore: runningTotals(skippedDays.map((day) => openMs[weekdayIndexOf(day)] ?? 0)),
    cutOffMs: readDayTimes(calendar.businessDays.cutOff),
    nextStartMs: readDayTimes(calendar.businessDays.nextStart),
    isDueWithinHours: calendar.businessDays.dueWithinHours,
  };
}

function skippedDaysOf(calendar: Calendar, openMs: readonly number[]): readonly LocalDay[] {
  const days = new Set<LocalDay>();
  for (const { date } of calendar.holidays) {
    const day = localDayOf(date);
    assert(day !== null, 'a holiday has a date');
    if ((openMs[weekdayIndexOf(day)] ?? 0) > 0) days.add(day);
  }
  return [...days].sort((one, other) => one - other);
}

const readDayTimes = (times: DayTimes): readonly (number | null)[] =>
  WEEKDAYS.map((weekday) => {
    const time = dayTimeOf(times, weekday);
    return time === null ? null : readTime(time);
  });

function readTime(text: string): number {
  const ms = timeOfDayMsOf(text);
  assert(ms !== null, 'the times of a calendar are HH:MM');
  return ms;
}

function runningTotals(values: readonly number[]): readonly number[] {
  const totals = [0];
  for (const value of values) totals.push((totals.at(-1) ?? 0) + value);
  return totals;
}
