import { HOUR_MS, type Instant, instantOf, MINUTE_MS, msOf, SECOND_MS } from '@onedoor/kernel';
import { dateOf, localDayOf } from './local-date.js';
import { instantOfWallTime, wallTimeOf } from './wall-clock.js';

const PATTERN = /^(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** No zone is a day away from UTC, so a wall time whose date is a day inside these years has an `Instant`. */
const FIRST_DAY = localDayOf('0000-01-02') ?? 0;
const LAST_DAY = localDayOf('9999-12-30') ?? 0;

/** The local date, `YYYY-MM-DD`, in an IANA zone at an instant. Throws RangeError for an unknown zone. */
export const localDateOf = (instant: Instant, zone: string): string => dateOf(wallTimeOf(msOf(instant), zone).day);

/**
 * Reads a wall time `YYYY-MM-DD HH:MM:SS` that was written without its zone, as exports of older systems do.
 * A time skipped by a clock change moves forward by the length of the gap; of one that occurs twice, the first is taken, or the
 * second where the first lies before `notBefore` (a closing cannot precede its opening).
 * Null when the text has another form or names a date that does not exist, such as 2011-02-30. Throws RangeError for an unknown zone.
 */
export function instantOfLocal(local: string, zone: string, notBefore?: Instant): Instant | null {
  const match = PATTERN.exec(local);
  const day = localDayOf(match?.[1] ?? '');
  if (match === null || day === null || day < FIRST_DAY || day > LAST_DAY) return null;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const timeOfDayMs = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  const notBeforeMs = notBefore === undefined ? -Infinity : msOf(notBefore);
  return instantOf(instantOfWallTime({ day, timeOfDayMs }, zone, notBeforeMs));
}
