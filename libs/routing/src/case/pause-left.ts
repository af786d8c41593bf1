import { msOf } from '@onedoor/kernel';
import { isInsideCity } from '../agreement/pause-reasons.js';
import type { Case } from './state.js';

/** What is left of the cap of one reason in the present round, in milliseconds; null: the reason does not stop that clock at all. */
export interface PauseLeft {
  readonly promiseMs: number | null;
  readonly legMs: number | null;
}

/** A cap is used up by all waits of a round for its reason, each by as long as it stopped the clock; a department's by its own legs. */
export function pauseLeft({ promise, leg, standstills }: Case, reason: string, capMs: number): PauseLeft {
  const ofPromise = isInsideCity(reason) ? null : (promise?.clock.pauses ?? []);
  const ofLeg = leg && standstills.filter(({ department }) => department === leg.department);
  return { promiseMs: ofPromise && leftOf(capMs, reason, ofPromise), legMs: ofLeg && leftOf(capMs, reason, ofLeg) };
}

type Pauses = readonly { readonly from: string; readonly to: string | null; readonly reason: string }[];

function leftOf(capMs: number, reason: string, pauses: Pauses): number {
  const usedMs = pauses.reduce(
    (sum, each) => (each.reason === reason && each.to !== null ? sum + msOf(each.to) - msOf(each.from) : sum),
    0,
  );
  return Math.max(0, capMs - usedMs);
}
