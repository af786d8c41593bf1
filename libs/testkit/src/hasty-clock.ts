import type { Clock } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';

/** A clock on which every wait is over at once, its time gone by: for what waits by itself and is not to be woken by the test. */
export class HastyClock implements Clock {
  /** How long was waited, in order. */
  readonly waitsMs: number[] = [];
  #nowMs: number;

  constructor(startsAt: Instant) {
    this.#nowMs = msOf(startsAt);
  }

  now(): Instant {
    return instantOf(this.#nowMs);
  }

  async wait(ms: number): Promise<void> {
    this.waitsMs.push(ms);
    this.#nowMs += ms;
  }
}
