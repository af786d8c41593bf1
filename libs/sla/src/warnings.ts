import { assert, type Instant, instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import { isBusinessTime, isTimeUnit, calculateDue, targetMs } from './calculate-due.js';
import { calculateDueByTime } from './calculate-due-by-time.js';
import { lastOpenMs } from './business-time.js';
import { type Clock, countsFrom, isExact, isPaused } from './clock.js';
import { openingTimesOf } from './opening-times.js';
import type { DueCalculation } from './steps.js';
import type { Warning } from './target.js';

/**
 * When to warn that a milestone comes due, in order of time; none while the clock is paused.
 * A fraction of minutes or hours is reached when that part of the target has been counted, in the target's own unit and
 * with its pauses; a fraction of days is that part of the time elapsed from the effective start to the due instant. A lead
 * is elapsed minutes before the due instant. What falls outside the calendar's open hours, on a skipped holiday for instance, is given at
 * the last open instant before, which is a closing time. Left out are warnings that would fall before counting began, or not before
 * the due instant. Instants are rounded to the millisecond. A clock of an earlier release warns at any hour.
 */
export function warningsAt(clock: Clock): readonly { readonly warning: Warning; readonly at: Instant }[] {
  if (isPaused(clock) || clock.warnings.length === 0) return [];
  const calculation = calculateDue(clock);
  const { dueMs } = calculation;
  assert(dueMs !== null, 'a running clock has a due instant');
  const startMs = msOf(countsFrom(clock));
  return clock.warnings
    .flatMap((warning) => {
      const reachedMs =
        'fraction' in warning ? fractionMs(clock, calculation, dueMs, warning.fraction) : dueMs - warning.leadMinutes * MINUTE_MS;
      if (reachedMs < startMs || reachedMs >= dueMs) return [];
      const atMs = isExact(clock) ? lastOpenMs(openingTimesOf(clock.calendar), startMs, reachedMs) : reachedMs;
      return atMs === null ? [] : [{ warning, atMs }];
    })
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ warning, atMs }) => ({ warning, at: instantOf(atMs) }));
}

function fractionMs(clock: Clock, { effectiveStartMs }: DueCalculation, dueMs: number, fraction: number): number {
  const { unit } = clock.target;
  if (!isTimeUnit(unit)) return Math.round(effectiveStartMs + fraction * (dueMs - effectiveStartMs));
  const reached = calculateDueByTime(clock, Math.round(targetMs(clock, unit) * fraction), isBusinessTime(unit)).dueMs;
  assert(reached !== null, 'a running clock reaches every part of its target');
  return reached;
}
