import { assert } from './guarantees.js';

/**
 * A moment, as ISO 8601 in UTC with exactly three decimals: `2011-07-01T05:32:33.000Z`.
 * One spelling for each moment, so instants compare and sort as strings. Local time and zones live in `sla` and the user interface.
 */
export type Instant = string;

const PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether a text is one; false for a day or an hour that does not exist, which JavaScript takes for one later. */
export function isInstant(text: string): boolean {
  const ms = PATTERN.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}

/** The instant of a count of milliseconds since 1970-01-01T00:00Z. */
export function instantOf(epochMs: number): Instant {
  const date = new Date(epochMs);
  assert(
    !Number.isNaN(date.getTime()) && date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999,
    'an instant lies in the years 0 to 9999',
  );
  return date.toISOString();
}

/**
 * The same of any count: what lies before the year 0 or after 9999 is the first or the last instant. For what is reckoned from a caller's.
 */
export const nearestInstant = (epochMs: number): Instant => instantOf(Math.min(Math.max(epochMs, YEAR_0_MS), YEAR_10000_MS - 1));

/** Milliseconds since 1970-01-01T00:00Z. */
export const msOf = (instant: Instant): number => Date.parse(instant);

/** Lengths of elapsed time. A local day may last an hour less or more. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const laterOf = (one: Instant, other: Instant): Instant => (one >= other ? one : other);

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const YEAR_0_MS = Date.parse('0000-01-01T00:00:00.000Z');
const YEAR_10000_MS = Date.parse('+010000-01-01T00:00:00.000Z');

/**
 * Reads RFC 3339 with a zone, as in `2011-07-05T09:00:00-04:00`; null for any other text, for a date that does not exist, and for what
 * lies outside the years 0 to 9999 in UTC.
 */
export function parseInstant(text: string): Instant | null {
  const [, date] = RFC3339.exec(text) ?? [];
  const ms = date === undefined ? Number.NaN : Date.parse(text.replace(' ', 'T').toUpperCase());
  const dayExists = !Number.isNaN(ms) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(String(date));
  return dayExists && ms >= YEAR_0_MS && ms < YEAR_10000_MS ? instantOf(ms) : null;
}
