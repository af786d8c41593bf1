import { systemClock } from '@onedoor/adapters';
import type { Clock } from '@onedoor/engine';
import { instantOf, MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';

/** The system clock with an offset that a test can move forward. */
export class MovableClock implements Clock {
  private offsetMs = 0;

  now(): Instant {
    return instantOf(msOf(systemClock.now()) + this.offsetMs);
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return systemClock.wait(ms, signal);
  }

  forward(minutes: number): void {
    this.offsetMs += minutes * MINUTE_MS;
  }
}
