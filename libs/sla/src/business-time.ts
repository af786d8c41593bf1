import { assert, DAY_MS, type Instant, instantOf, msOf } from '@onedoor/kernel';
import type { Calendar } from './calendar.js';
import type { LocalDay } from './local-date.js';
import { segmentAt } from './offset-segments.js';
import { hasHours, openingTimesOf, type OpeningTimes, openMsBefore, wallTimeAfterOpenMs } from './opening-times.js';
import { isDayPresent } from './wall-clock.js';

/**
 * How far a search for open time or for a business day looks before it gives up: 200 years. A target that needs longer needs more
 * time than its calendar has.
 */
const SEARCH_DAYS_MAX = 73_050;

/**
 * Open milliseconds between two instants, exact to the millisecond; negative when `to` lies before `from`.
 * Where clocks go back and open hours occur twice, both passes count; hours that a clock change skips do not.
 */
export function businessMsBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const times = openingTimesOf(calendar);
  return from <= to ? openMsBetween(times, msOf(from), msOf(to)) : 0 - openMsBetween(times, msOf(to), msOf(from));
}

/**
 * The smallest instant `t` from `from` on with `businessMsBetween(calendar, from, t) === ms`: `from` itself for zero, and
 * closing time rather than the next opening when the two count the same. `ms` is whole and not negative.
 * Throws a broken guarantee where the calendar has less open time than that in 200 years.
 */
export const addBusinessMs = (calendar: Calendar, from: Instant, ms: number): Instant =>
  instantOf(addOpenMs(openingTimesOf(calendar), msOf(from), ms));

/** `businessMsBetween` on epoch milliseconds; `fromMs` must not lie after `toMs`. */
export function openMsBetween(times: OpeningTimes, fromMs: number, toMs: number): number {
  let openMs = 0;
  for (let atMs = fromMs; atMs < toMs;) {
    const segment = segmentAt(times.zone, atMs);
    const endMs = Math.min(segment.toMs, toMs);
    openMs += openMsBefore(times, endMs + segment.offsetMs) - openMsBefore(times, atMs + segment.offsetMs);
    atMs = endMs;
  }
  return openMs;
}

/** `addBusinessMs` on epoch milliseconds. */
export function addOpenMs(times: OpeningTimes, fromMs: number, ms: number): number {
  assert(Number.isSafeInteger(ms) && ms >= 0, 'business time to add is a whole number of milliseconds, zero or more');
  if (ms === 0) return fromMs;
  const limitMs = fromMs + SEARCH_DAYS_MAX * DAY_MS;
  let restMs = ms;
  for (let atMs = fromMs; atMs < limitMs;) {
    const segment = segmentAt(times.zone, atMs);
    const endMs = Math.min(segment.toMs, limitMs);
    const [localMs, localEndMs] = [atMs + segment.offsetMs, endMs + segment.offsetMs];
    const before = openMsBefore(times, localMs);
    const openMs = openMsBefore(times, localEndMs) - before;
    if (openMs >= restMs) {
      const [firstDay, lastDay] = [Math.floor(localMs / DAY_MS), Math.floor(localEndMs / DAY_MS)];
      return wallTimeAfterOpenMs(times, before + restMs, firstDay, lastDay) - segment.offsetMs;
    }
    restMs -= openMs;
    atMs = endMs;
  }
  assert(false, 'the calendar has the open time of the target within 200 years');
}

export const isOpenAt = (times: OpeningTimes, epochMs: number): boolean => openMsBetween(times, epochMs, epochMs + 1) > 0;

/** The first open instant from an instant on: itself where it is open. */
export const nextOpenMs = (times: OpeningTimes, epochMs: number): number => addOpenMs(times, epochMs, 1) - 1;

/** The last open instant up to an instant: itself where it is open, else the closing time before it; null where none is since `sinceMs`. */
export function lastOpenMs(times: OpeningTimes, sinceMs: number, epochMs: number): number | null {
  if (isOpenAt(times, epochMs)) return epochMs;
  const openMs = openMsBetween(times, sinceMs, epochMs);
  return openMs === 0 ? null : addOpenMs(times, sinceMs, openMs);
}

/** Whether a date has opening hours, is not a skipped holiday and existed in the zone. */
export const isBusinessDay = (times: OpeningTimes, day: LocalDay): boolean => hasHours(times, day) && isDayPresent(day, times.zone);

/** The date `amount` business days after a date. Throws a broken guarantee where 200 years hold fewer. */
export function addBusinessDays(times: OpeningTimes, day: LocalDay, amount: number): LocalDay {
  let found = day;
  for (let rest = amount; rest > 0;) {
    found += 1;
    assert(found - day <= SEARCH_DAYS_MAX, 'the calendar has the business days of the target within 200 years');
    if (isBusinessDay(times, found)) rest -= 1;
  }
  return found;
}

/** Business days after one date, up to and including another; none when the other is not later. */
export function businessDaysBetween(times: OpeningTimes, after: LocalDay, upTo: LocalDay): number {
  assert(upTo - after <= SEARCH_DAYS_MAX, 'a pause lasts less than 200 years');
  let count = 0;
  for (let day = after + 1; day <= upTo; day++) if (isBusinessDay(times, day)) count += 1;
  return count;
}
