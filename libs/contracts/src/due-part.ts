import type { Instant } from '@onedoor/kernel';

/**
 * One part of the way from the start of a promise's clock to its due instant, without words, so that it can be said in any language. The
 * parts are a chain: the first begins with the clock, each begins where the one before ended, and the last ends at the due instant.
 */
export interface DuePart {
  /**
   * `count`: the clock ran. `pause`: it stood still, or the due instant moved by that. `next_business_day`: it was started on a day that is
   * none. `cut_off`: it was started too late for its day. `restart`: what is before it no longer counts.
   */
  readonly kind: 'restart' | 'next_business_day' | 'cut_off' | 'count' | 'pause';
  readonly from: Instant;
  readonly to: Instant;
  /** How much was counted or paused, in `unit`; both are null where only time passed. */
  readonly amount: number | null;
  readonly unit: 'business_days' | 'calendar_days' | 'business_milliseconds' | 'elapsed_milliseconds' | null;
  /** The code of a pause or restart; null of other parts. */
  readonly reason: string | null;
  /** Local dates (`2026-11-11`) of the holidays in this part that are no business days; each is named in one part only. */
  readonly holidays: readonly string[];
}
