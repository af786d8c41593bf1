import { addOpenMs, openMsBetween } from './business-time.js';
import type { OpeningTimes } from './opening-times.js';

/** How time is counted, in epoch milliseconds. */
export interface Counting {
  add(fromMs: number, ms: number): number;
  between(fromMs: number, toMs: number): number;
}

export const ALL_TIME: Counting = { add: (fromMs, ms) => fromMs + ms, between: (fromMs, toMs) => toMs - fromMs };

export const openTime = (times: OpeningTimes): Counting => ({
  add: (fromMs, ms) => addOpenMs(times, fromMs, ms),
  between: (fromMs, toMs) => openMsBetween(times, fromMs, toMs),
});
