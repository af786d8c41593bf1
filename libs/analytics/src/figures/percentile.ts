import type { Duration } from './totals.js';

/** The shortest duration that at least this share of the cases did not exceed (nearest rank); null where there are none. */
export function percentile(durations: readonly Duration[], share: number): number | null {
  const cases = durations.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(share * cases));
  for (const [minutes, count] of durations) {
    rank -= count;
    if (rank <= 0) return minutes;
  }
  return null;
}
