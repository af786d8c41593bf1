import { HOUR_MS, MINUTE_MS, msOf, SECOND_MS, type Instant } from '@onedoor/kernel';
import { dateOf, weekdayIndexOf } from './local-date.js';
import { wallTimeOf } from './wall-clock.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * "Fri, Nov 13, 4:00 PM" in local time; with its year where that is another one than at `near`, an instant that is told beside it. Written
 * here, not by Intl, whose words change from one release to the next.
 */
export const timeWords = (epochMs: number, zone: string, near: number): string =>
  `${dayWords(epochMs, zone, near)}, ${dayTimeWords(wallTimeOf(epochMs, zone).timeOfDayMs)}`;

/** "Fri, Nov 13" in local time, with its year by the same rule. */
export function dayWords(epochMs: number, zone: string, near: number): string {
  const { day } = wallTimeOf(epochMs, zone);
  const [year, month, dayOfMonth] = dateOf(day).split('-');
  const isOfYear = dateOf(wallTimeOf(near, zone).day).startsWith(`${year}-`);
  return `${WEEKDAYS[weekdayIndexOf(day)]}, ${MONTHS[Number(month) - 1]} ${Number(dayOfMonth)}${isOfYear ? '' : `, ${year}`}`;
}

/** "4:00 PM", of the milliseconds that the wall clock shows past midnight. */
export function dayTimeWords(timeOfDayMs: number): string {
  const hour = Math.floor(timeOfDayMs / HOUR_MS) % 24;
  const minute = Math.floor((timeOfDayMs % HOUR_MS) / MINUTE_MS);
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** An instant in the words of people of the city, told beside another one. */
export const localTimeWords = (instant: Instant, zone: string, near: Instant): string => timeWords(msOf(instant), zone, msOf(near));

/** "26 hours 30 minutes". Milliseconds are left out; hours are not converted to days, because a day is another unit of targets. */
export function durationWords(ms: number): string {
  const counts: readonly [number, string][] = [
    [Math.floor(ms / HOUR_MS), 'hour'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'minute'],
    [Math.floor((ms % MINUTE_MS) / SECOND_MS), 'second'],
  ];
  const words = counts.filter(([count]) => count > 0).map(([count, unit]) => countWords(count, unit));
  return words.length === 0 ? '0 minutes' : words.join(' ');
}

/** "1 business day", "3 business days". */
export const countWords = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
