import { HOUR_MS, MINUTE_MS } from './durations.js';

const PATTERN = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Milliseconds from midnight to `HH:MM` on the wall clock, 00:00 to 24:00; null for anything else. */
export function timeOfDayMsOf(text: string): number | null {
  if (text === '24:00') return 24 * HOUR_MS;
  const match = PATTERN.exec(text);
  return match === null ? null : Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
}
