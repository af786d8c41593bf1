import { Unavailable } from '@onedoor/engine';

interface Waiting {
  readonly enter: () => void;
}

/** Lets so many in at once; the others wait in the order in which they came, only so many of them, and only so long. */
export class Gate {
  #inside = 0;
  readonly #waiting = new Set<Waiting>();

  constructor(
    private readonly insideMax: number,
    private readonly waitingMax: number,
  ) {}

  /** Resolves when the caller is in, who must `leave` afterwards. Throws `Unavailable` where too many wait already, or when its time is over. */
  async enter(timeoutMs: number): Promise<void> {
    if (this.#inside < this.insideMax) {
      this.#inside += 1;
      return;
    }
    if (this.#waiting.size >= this.waitingMax) throw new Unavailable(`${this.waitingMax} calls to EventStoreDB are waiting already`);
    // The place is handed over by the caller that leaves, so that no other one slips in between.
    return new Promise((resolve, reject) => {
      const waiting = {
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(new Unavailable('EventStoreDB did not get to this call in time'));
      }, timeoutMs);
      this.#waiting.add(waiting);
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inside -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.enter();
  }
}
