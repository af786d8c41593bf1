import { assert, type Instant, instantOf, msOf } from '@onedoor/kernel';
import type { Calendar } from './calendar.js';
import { DAY_MS, SEARCH_DAYS_MAX } from './durations.js';
import { segmentAt } from './offset-segments.js';
import { openingTimesOf, type OpeningTimes, openMsBefore, wallTimeAfterOpenMs } from './opening-times.js';

/**
 * Open milliseconds between two instants, exact to the millisecond; negative when `to` lies before `from`.
 * Where the wall clock shows open hours twice, as clocks go back, both passes count; hours that it leaves out do not.
 */
export function businessMsBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const times = openingTimesOf(calendar);
  return from <= to ? openMsBetween(times, msOf(from), msOf(to)) : 0 - openMsBetween(times, msOf(to), msOf(from));
}

/**
 * The smallest instant `t` from `from` on with `businessMsBetween(calendar, from, t) === ms`: `from` itself for zero, and
 * closing time rather than the next opening when the two count the same. `ms` is whole and not negative.
 * Breaks a guarantee when the calendar has not that much open time in 200 years.
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
