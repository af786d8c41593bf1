import { DAY_MS } from '@onedoor/kernel';
import type { Weekday } from './calendar.js';

/**
 * A date without a zone, as the number of days since 1970-01-01. Adding days is then addition.
 */
export type LocalDay = number;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD`; null when the text is no date, or names one that does not exist, such as 2011-02-30. */
export function localDayOf(date: string): LocalDay | null {
  const match = PATTERN.exec(date);
  if (match === null) return null;
  const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null;
  return dayNumber(year, month, dayOfMonth);
}

/** `YYYY-MM-DD`. */
export const dateOf = (day: LocalDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 for Monday to 6 for Sunday: 1970-01-01 was a Thursday. */
export const weekdayIndexOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7;

/** The ISO number of a date's day of the week. */
export const weekdayOf = (day: LocalDay): Weekday => (weekdayIndexOf(day) + 1) as Weekday;

/** Weeks from Monday to Sunday, numbered from the one that holds 1970-01-01. */
export const weekOf = (day: LocalDay): number => Math.floor((day + 3) / 7);

/**
 * Days in the Gregorian calendar since 1970-01-01. Years are taken to begin in March, so the leap day comes last
 * and the lengths of the months before it follow one line: (153 m + 2) / 5.
 */
function dayNumber(year: number, month: number, dayOfMonth: number): LocalDay {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + dayOfYear - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
