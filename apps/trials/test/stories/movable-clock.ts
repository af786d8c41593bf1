import { systemClock } from '@onedoor/adapters';
import type { Clock } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';

/** The system's clock, so that everything runs live, but it can be set forward. */
export class MovableClock implements Clock {
  private offsetMs = 0;

  now(): Instant {
    return instantOf(msOf(systemClock.now()) + this.offsetMs);
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return systemClock.wait(ms, signal);
  }

  forward(minutes: number): void {
    this.offsetMs += minutes * 60_000;
  }
}
