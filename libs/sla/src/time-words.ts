import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@onedoor/kernel';
import { dateOf, weekdayIndexOf } from './local-date.js';
import { wallTimeOf } from './wall-clock.js';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Fri 13 Nov 2026, 4:00 pm" in local time. Written here, not by Intl, whose words change from one release to the next. */
export function timeWords(epochMs: number, zone: string): string {
  const { timeOfDayMs } = wallTimeOf(epochMs, zone);
  const hour = Math.floor(timeOfDayMs / HOUR_MS);
  const minute = Math.floor((timeOfDayMs % HOUR_MS) / MINUTE_MS);
  return `${dayWords(epochMs, zone)}, ${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`;
}

/** "Fri 13 Nov 2026" in local time. */
export function dayWords(epochMs: number, zone: string): string {
  const { day } = wallTimeOf(epochMs, zone);
  const [year, month, dayOfMonth] = dateOf(day).split('-');
  return `${WEEKDAYS[weekdayIndexOf(day)]} ${Number(dayOfMonth)} ${MONTHS[Number(month) - 1]} ${year}`;
}

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
