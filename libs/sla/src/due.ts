import { type Instant, instantOf } from '@onedoor/kernel';
import { calculateDue } from './calculate-due.js';
import { type Clock, isPaused } from './clock.js';

/**
 * The instant by which the milestone must be reached; null while the clock is paused.
 *
 * Elapsed units count day and night. Business minutes and hours count open time only, exactly. For both a pause stops the
 * counting and what remains is counted from the resume on. Business days start on a business day before the cut-off (a start
 * on a closed day moves to the next business day at the same time of day; then, at or after the cut-off, to the one after
 * at its next start), calendar days start where they are; both then add days and keep the time of day, which the calendar may hold to its
 * hours. A pause moves them by its exact length: the open time in it for business days, all of it for calendar days, and never to
 * before the resume; for a clock of an earlier release by the business days begun during it, or the local midnights it spans. A pause
 * begun at or after the due instant moves nothing. A local time that does not exist moves forward by the gap; of one that occurs
 * twice, the first is taken.
 *
 * Throws a broken guarantee where the calendar cannot hold the target in 200 years.
 */
export function dueAt(clock: Clock): Instant | null {
  if (isPaused(clock)) return null;
  const { dueMs } = calculateDue(clock);
  return dueMs === null ? null : instantOf(dueMs);
}

/**
 * Whether reaching the milestone at this instant keeps the promise: exactly at the due instant does. While the clock is
 * paused it does too, unless the clock was already due when the pause began: a breach is never erased.
 */
export function isOnTime(clock: Clock, finishedAt: Instant): boolean {
  const { dueMs } = calculateDue(clock);
  return dueMs === null || finishedAt <= instantOf(dueMs);
}
