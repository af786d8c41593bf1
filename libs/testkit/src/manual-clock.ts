import type { Clock } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';

/** A clock whose time passes only by `advance`, which ends the waits that are due by then, earliest first. */
export class ManualClock implements Clock {
  #nowMs: number;
  #waiting: { readonly untilMs: number; readonly wake: () => void }[] = [];
  #onWait: (() => void)[] = [];

  constructor(startsAt: Instant) {
    this.#nowMs = msOf(startsAt);
  }

  now(): Instant {
    return instantOf(this.#nowMs);
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter = { untilMs: this.#nowMs + ms, wake: () => end() };
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#waiting = this.#waiting.filter((one) => one !== waiter);
        resolve();
      };
      signal.addEventListener('abort', end);
      this.#waiting.push(waiter);
      for (const notify of this.#onWait.splice(0)) notify();
    });
  }

  /** The time left of each pending wait, shortest first. */
  get waitsMs(): readonly number[] {
    return this.#waiting.map(({ untilMs }) => untilMs - this.#nowMs).sort((one, other) => one - other);
  }

  /** Resolves as soon as there is a pending wait. */
  async untilWaitedFor(): Promise<void> {
    if (this.#waiting.length === 0) await new Promise<void>((resolve) => this.#onWait.push(resolve));
  }

  /** Moves time forward and ends every wait that is due by then. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const due = this.#waiting.filter(({ untilMs }) => untilMs <= this.#nowMs).sort((one, other) => one.untilMs - other.untilMs);
    for (const { wake } of due) wake();
  }

  /** Ends exactly the next wait, pending or still to begin; answers how long it was. */
  async passNextWait(): Promise<number> {
    await this.untilWaitedFor();
    const [ms = 0] = this.waitsMs;
    this.advance(ms);
    return ms;
  }
}
