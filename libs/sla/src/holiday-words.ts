import type { Clock } from './clock.js';
import { dateOf, type LocalDay, localDayOf, weekdayIndexOf } from './local-date.js';
import { openingTimesOf } from './opening-times.js';

/** A holiday that cost a clock a business day, as its calendar has it. */
interface SkippedHoliday {
  /** In the zone of the calendar, such as `2026-11-11`. */
  readonly date: string;
  readonly name: string;
}

/** The holidays that cost a clock a business day, after one date up to and including another, in their order: each name and date once. */
export function skippedHolidays(clock: Clock, after: LocalDay, upTo: LocalDay): readonly SkippedHoliday[] {
  const { calendar, target } = clock;
  if (!calendar.skipHolidays || !target.unit.startsWith('business_')) return [];
  const { spans } = openingTimesOf(calendar);
  const [afterDate, upToDate] = [dateOf(after), dateOf(upTo)];
  const skipped = calendar.holidays
    .filter(({ date }) => date > afterDate && date <= upToDate)
    .filter(({ date }) => spans[weekdayIndexOf(localDayOf(date) ?? after)]?.length !== 0)
    .map(({ date, name }) => ({ date, name }))
    .sort((one, other) => (one.date < other.date ? -1 : 1));
  return [...new Map(skipped.map((holiday) => [`${holiday.date} ${holiday.name}`, holiday])).values()];
}

/** The same in words: ", Veterans Day skipped". Days of one name are listed once, with their number. */
export function holidayWords(holidays: readonly SkippedHoliday[]): string {
  const daysByName = new Map<string, number>();
  for (const { name } of holidays) daysByName.set(name, (daysByName.get(name) ?? 0) + 1);
  return [...daysByName].map(([name, days]) => `, ${name} skipped${days === 1 ? '' : ` (${days} days)`}`).join('');
}
