import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';

/** A clock for stories that run side by side: the time is that of the story whose step runs. */
export class StoryClock implements Clock {
  private readonly present = new AsyncLocalStorage<Instant>();

  /** `outside`: the time outside all stories. Waiting takes real time, by `real`. */
  constructor(
    private readonly outside: Instant,
    private readonly real: Clock,
  ) {}

  /** Runs `work` at an instant. */
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
