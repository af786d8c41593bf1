import { DAY_MS, instantOf, MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';
import type { FailureKind } from './events.js';
import type { Notification } from './state.js';

/** The pauses after an attempt that was put off; behind the last one there is no other attempt. */
const AFTER_DEFERRAL_MS = [1, 5, 15, 60, 240, 720, 1_440].map((minutes) => minutes * MINUTE_MS);
/** The pauses after an attempt at which the mailer could not be asked; the last one repeats, until the news is outdated. */
const AFTER_MISS_MS = [1, 5, 15].map((minutes) => minutes * MINUTE_MS);

/** Longer than any mailer may take: a courier that holds a claim for so long is dead. */
const CLAIM_MS = 5 * MINUTE_MS;

/** News that could not be sent for a week is of no use any more. What an import brings is nearly always older. */
const OUTDATED_AFTER_MS = 7 * DAY_MS;

export const claimEnd = (at: Instant): Instant => later(at, CLAIM_MS);

export const isOutdated = ({ requestedAt }: Notification, at: Instant): boolean => msOf(at) - msOf(requestedAt) > OUTDATED_AFTER_MS;

/** When it is tried again after such a failure; null: never. */
export function nextAttempt({ deferrals, misses }: Notification, failure: FailureKind, at: Instant): Instant | null {
  switch (failure) {
    case 'refused':
      return null;
    case 'deferred': {
      const pauseMs = AFTER_DEFERRAL_MS[deferrals];
      return pauseMs === undefined ? null : later(at, pauseMs);
    }
    case 'unreachable':
      return later(at, AFTER_MISS_MS[Math.min(misses, AFTER_MISS_MS.length - 1)] ?? MINUTE_MS);
  }
}

const later = (at: Instant, ms: number): Instant => instantOf(msOf(at) + ms);
