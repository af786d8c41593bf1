import { MINUTE_MS } from '@onedoor/kernel';
import type { Calendar, Weekday } from '../src/index.js';

/**
 * The oracle: looks at the wall clock cell by cell, a minute each (half a minute where the offset of a zone had seconds), and
 * adds up the cells that are open. It shares nothing with the library but the calendar's type.
 */
interface Cell {
  readonly fromMs: number;
  readonly toMs: number;
  readonly weekday: Weekday;
  readonly date: string;
  readonly secondOfDay: number;
}

export function cellsBetween(zone: string, fromMs: number, toMs: number): readonly Cell[] {
  const stepMs = zone === 'Africa/Monrovia' && fromMs < Date.UTC(1973, 0) ? MINUTE_MS / 2 : MINUTE_MS;
  const cells: Cell[] = [];
  for (let atMs = Math.floor(fromMs / stepMs) * stepMs; atMs < toMs; atMs += stepMs) {
    const offsetMs = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
    // A date in UTC shifted to local time: its fields are much faster to read than Temporal's, and equal.
    const local = new Date(atMs + offsetMs);
    cells.push({
      fromMs: atMs,
      toMs: atMs + stepMs,
      weekday: (local.getUTCDay() || 7) as Weekday,
      date: local.toISOString().slice(0, 10),
      secondOfDay: local.getUTCHours() * 3600 + local.getUTCMinutes() * 60 + local.getUTCSeconds(),
    });
  }
  return cells;
}

export function countOpenMs(calendar: Calendar, cells: readonly Cell[], fromMs: number, toMs: number): number {
  const isOpen = openCells(calendar);
  let sum = 0;
  for (const cell of cells) {
    if (isOpen(cell)) sum += Math.max(0, Math.min(cell.toMs, toMs) - Math.max(cell.fromMs, fromMs));
  }
  return sum;
}

/** The smallest instant from `fromMs` on that has `ms` open milliseconds behind it; null when the cells do not hold as many. */
export function instantAfterOpenMs(calendar: Calendar, cells: readonly Cell[], fromMs: number, ms: number): number | null {
  if (ms === 0) return fromMs;
  const isOpen = openCells(calendar);
  let restMs = ms;
  for (const cell of cells) {
    const startMs = Math.max(cell.fromMs, fromMs);
    if (startMs >= cell.toMs || !isOpen(cell)) continue;
    if (restMs <= cell.toMs - startMs) return startMs + restMs;
    restMs -= cell.toMs - startMs;
  }
  return null;
}

/** Whether the office is open in a cell; the hours are read once, since a day has many cells. */
function openCells(calendar: Calendar): (cell: Cell) => boolean {
  const holidays = new Set(calendar.skipHolidays ? calendar.holidays.map(({ date }) => date) : []);
  const week = ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) =>
    (calendar.weeklyHours[weekday] ?? []).map(({ from, to }) => ({ from: secondOf(from), to: secondOf(to) })),
  );
  return ({ weekday, date, secondOfDay }) =>
    (week[weekday - 1] ?? []).some(({ from, to }) => secondOfDay >= from && secondOfDay < to) && !holidays.has(date);
}

const secondOf = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60;
