import { DAY_MS } from '@onedoor/kernel';
import type { LocalDate } from '../fact/events.js';

/** A day `2011-07-05`, a month `2011-07` or a year `2011`: each level has one length, and periods of one level compare as strings. */
export type Period = string;

export const LEVELS = ['day', 'month', 'year'] as const;

export type Level = (typeof LEVELS)[number];

/** Periods of one level, both ends inclusive. */
export interface PeriodRange {
  readonly level: Level;
  readonly from: Period;
  readonly to: Period;
}

const LENGTHS: Readonly<Record<Level, number>> = { day: 10, month: 7, year: 4 };

/** The period of a level that a smaller one lies in. */
export const periodAt = (level: Level, period: Period): Period => period.slice(0, LENGTHS[level]);

/** The level above; null for the highest. */
export const levelAbove = (level: Level): Level | null => LEVELS[LEVELS.indexOf(level) + 1] ?? null;

export const dayAfter = (day: LocalDate): LocalDate => moved(day, 1);
export const dayBefore = (day: LocalDate): LocalDate => moved(day, -1);

/** The months that a span of days touches, oldest first. */
export function monthsOf(from: LocalDate, to: LocalDate): readonly Period[] {
  const months: Period[] = [];
  for (let month = periodAt('month', from); month <= periodAt('month', to); month = monthAfter(month)) months.push(month);
  return months;
}

/** A span of days as few periods: whole months, and the days at both ends that fill none. */
export function covering(from: LocalDate, to: LocalDate): readonly PeriodRange[] {
  const firstWhole = from.endsWith('-01') ? periodAt('month', from) : monthAfter(from);
  const beyondWhole = periodAt('month', dayAfter(to));
  if (firstWhole >= beyondWhole) return from <= to ? [{ level: 'day', from, to }] : [];
  const ranges: PeriodRange[] = [
    { level: 'day', from, to: dayBefore(`${firstWhole}-01`) },
    { level: 'month', from: firstWhole, to: periodAt('month', dayBefore(`${beyondWhole}-01`)) },
    { level: 'day', from: `${beyondWhole}-01`, to },
  ];
  return ranges.filter((range) => range.from <= range.to);
}

/** Every day before one: whole years, then the months and days that fill none. */
export function before(day: LocalDate): readonly PeriodRange[] {
  const january = `${periodAt('year', day)}-01-01`;
  const earlierYears: PeriodRange = { level: 'year', from: '0000', to: periodAt('year', dayBefore(january)) };
  return [earlierYears, ...covering(january, dayBefore(day))];
}

function monthAfter(period: Period): Period {
  const [year = 0, month = 0] = periodAt('month', period).split('-').map(Number);
  return new Date(Date.UTC(year, month)).toISOString().slice(0, LENGTHS.month);
}

const moved = (day: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, LENGTHS.day);
