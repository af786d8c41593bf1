import type { Instant } from '@onedoor/kernel';

/** The only source of the current time, and of waiting. */
export interface Clock {
  now(): Instant;
  /** Resolves after so many milliseconds, or at once when the signal fires. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
