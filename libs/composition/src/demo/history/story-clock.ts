import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';

/** A clock for stories that are lived through side by side: for each of them it is as late as in its own story. */
export class StoryClock implements Clock {
  private readonly present = new AsyncLocalStorage<Instant>();

  /** `outside`: what time it is outside all stories. Waiting takes as long as it does for everybody, by `real`. */
  constructor(
    private readonly outside: Instant,
    private readonly real: Clock,
  ) {}

  /** Does something while it is that late. */
  at<Result>(instant: Instant, work: () => Promise<Result>): Promise<Result> {
    return this.present.run(instant, work);
  }

  now(): Instant {
    return this.present.getStore() ?? this.outside;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return this.real.wait(ms, signal);
  }
}
