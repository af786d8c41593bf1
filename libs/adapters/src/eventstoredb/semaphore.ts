import { Unavailable } from '@onedoor/engine';

interface Waiter {
  readonly grant: () => void;
}

/** A counting semaphore with a fair, bounded queue: a caller waits for a permit in the order of arrival, and only so long. */
export class Semaphore {
  #held = 0;
  readonly #queue = new Set<Waiter>();

  constructor(
    private readonly permits: number,
    private readonly queueMax: number,
  ) {}

  /** Resolves with a permit, which the caller must `release`. Throws `Unavailable` where the queue is full, or when the time is over. */
  async acquire(timeoutMs: number): Promise<void> {
    if (this.#held < this.permits) {
      this.#held += 1;
      return;
    }
    if (this.#queue.size >= this.queueMax) throw new Unavailable(`${this.queueMax} calls to EventStoreDB are waiting already`);
    return new Promise((resolve, reject) => {
      const waiter = {
        grant: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#queue.delete(waiter);
        reject(new Unavailable('EventStoreDB did not get to this call in time'));
      }, timeoutMs);
      this.#queue.add(waiter);
    });
  }

  /** Hands the permit to the first waiter directly, so that no later caller takes it first. */
  release(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#held -= 1;
      return;
    }
    this.#queue.delete(next);
    next.grant();
  }
}
