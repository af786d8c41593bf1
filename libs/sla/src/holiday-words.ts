import type { Clock } from './clock.js';
import { dateOf, type LocalDay, localDayOf, weekdayIndexOf } from './local-date.js';
import { openingTimesOf } from './opening-times.js';

/**
 * The holidays that cost a clock a business day, after one date up to and including another: ", Veterans Day skipped". Empty
 * when the unit or the calendar skips none. Days of one name are listed once, with their number.
 */
export function holidayWords(clock: Clock, after: LocalDay, upTo: LocalDay): string {
  const { calendar, target } = clock;
  if (!calendar.skipHolidays || !target.unit.startsWith('business_')) return '';
  const { spans } = openingTimesOf(calendar);
  const [afterDate, upToDate] = [dateOf(after), dateOf(upTo)];
  const skipped = calendar.holidays
    .filter(({ date }) => date > afterDate && date <= upToDate)
    .map(({ date, name }) => ({ day: localDayOf(date) ?? after, name }))
    .filter(({ day }) => spans[weekdayIndexOf(day)]?.length !== 0)
    .sort((one, other) => one.day - other.day);
  const daysByName = new Map<string, Set<LocalDay>>();
  for (const { day, name } of skipped) daysByName.set(name, (daysByName.get(name) ?? new Set()).add(day));
  return [...daysByName].map(([name, days]) => `, ${name} skipped${days.size === 1 ? '' : ` (${days.size} days)`}`).join('');
}
