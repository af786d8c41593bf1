import type { Clock } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';

/** A clock whose time passes when a test says so. Nobody sleeps: who waits is woken by `advance`, in the order of their instants. */
export class ManualClock implements Clock {
  #nowMs: number;
  #waiting: { readonly untilMs: number; readonly wake: () => void }[] = [];
  #watchers: (() => void)[] = [];

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
      for (const seen of this.#watchers.splice(0)) seen();
    });
  }

  /** How long each of those who wait now still has to, shortest first. */
  get waitsMs(): readonly number[] {
    return this.#waiting.map(({ untilMs }) => untilMs - this.#nowMs).sort((one, other) => one - other);
  }

  /** Resolves as soon as somebody waits. */
  async untilWaitedFor(): Promise<void> {
    if (this.#waiting.length === 0) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Moves time on and wakes everybody whose wait is over by then. */
  advance(ms: number): void {
    this.#nowMs += ms;
    const due = this.#waiting.filter(({ untilMs }) => untilMs <= this.#nowMs).sort((one, other) => one.untilMs - other.untilMs);
    for (const { wake } of due) wake();
  }

  /** Lets exactly the next wait end, whoever's it is and whenever it begins; answers how long it was. */
  async passNextWait(): Promise<number> {
    await this.untilWaitedFor();
    const [ms = 0] = this.waitsMs;
    this.advance(ms);
    return ms;
  }
}
