import type { Clock, Entropy } from '@onedoor/engine';
import { type Instant, instantOf } from '@onedoor/kernel';
import { randomBytes } from 'node:crypto';
import { pause } from '../shared/waits.js';

/** The machine's clock. */
export const systemClock: Clock = { now: () => instantOf(Date.now()), wait: pause };

/** The system's clock, a fixed time ahead of it or behind: for tests and demonstrations. */
export class OffsetClock implements Clock {
  constructor(private readonly offsetMs: number) {}

  now(): Instant {
    return instantOf(Date.now() + this.offsetMs);
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return pause(ms, signal);
  }
}

/** The operating system's random bytes. */
export const systemEntropy: Entropy = { hex: (length) => randomBytes(length).toString('hex') };
