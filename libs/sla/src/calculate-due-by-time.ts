import { msOf } from '@onedoor/kernel';
import { type Clock, countsFrom, pausesThatCount } from './clock.js';
import { ALL_TIME, openTime } from './counting.js';
import { openingTimesOf } from './opening-times.js';
import type { DueCalculation, Step } from './steps.js';

/**
 * Counts milliseconds, of all time or of open time. A pause stops the counting, and what remains is counted from the resume
 * instant on: a pause of d business minutes moves the due instant by exactly d business minutes, and the due instant never
 * lies before the resume. A pause that begins at or after the due instant moves nothing.
 */
export function calculateDueByTime(clock: Clock, amountMs: number, isBusinessTime: boolean): DueCalculation {
  const { add, between } = isBusinessTime ? openTime(openingTimesOf(clock.calendar)) : ALL_TIME;
  const startMs = msOf(countsFrom(clock));
  const steps: Step[] = [];
  let atMs = startMs;
  let restMs = amountMs;
  for (const pause of pausesThatCount(clock)) {
    const pausedMs = msOf(pause.from);
    if (add(atMs, restMs) <= pausedMs) break;
    const countedMs = between(atMs, pausedMs);
    steps.push({ kind: 'count', fromMs: atMs, toMs: pausedMs, counted: countedMs, reason: '' });
    if (pause.to === null) return { steps, effectiveStartMs: startMs, dueMs: null };
    const resumedMs = msOf(pause.to);
    steps.push({ kind: 'pause', fromMs: pausedMs, toMs: resumedMs, counted: between(pausedMs, resumedMs), reason: pause.reason });
    atMs = resumedMs;
    restMs -= countedMs;
  }
  const dueMs = add(atMs, restMs);
  steps.push({ kind: 'count', fromMs: atMs, toMs: dueMs, counted: restMs, reason: '' });
  return { steps, effectiveStartMs: startMs, dueMs };
}
