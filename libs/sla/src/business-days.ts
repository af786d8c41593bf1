import { assert } from '@onedoor/kernel';
import { SEARCH_DAYS_MAX } from './durations.js';
import type { LocalDay } from './local-date.js';
import { hasHours, type OpeningTimes } from './opening-times.js';
import { isDayPresent } from './wall-clock.js';

/** A date with opening hours that is no skipped holiday and that took place in the zone. */
export const isBusinessDay = (times: OpeningTimes, day: LocalDay): boolean => hasHours(times, day) && isDayPresent(day, times.zone);

/** The date `amount` business days after a date. Breaks a guarantee when 200 years do not hold that many. */
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
