import type { Clock } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';

/** A clock on which every wait ends at once and moves time forward by its length: for code whose waits a test need not end one by one. */
export class HastyClock implements Clock {
  /** The length of each wait, in order. */
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
