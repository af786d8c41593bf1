import { Unavailable } from '@onedoor/engine';

/** Lets so many in at once; the others wait in the order in which they came, and only so many of them. */
export class Gate {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly insideMax: number,
    private readonly waitingMax: number,
  ) {}

  /** Resolves when the caller is in; whoever was let in must `leave`. Throws `Unavailable` where too many wait already. */
  async enter(): Promise<void> {
    if (this.#inside >= this.insideMax) {
      if (this.#waiting.length >= this.waitingMax) throw new Unavailable(`${this.waitingMax} calls to EventStoreDB are waiting already`);
      // The place is handed over by whoever leaves, so that nobody slips in between.
      return new Promise((resolve) => this.#waiting.push(resolve));
    }
    this.#inside += 1;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside -= 1;
  }
}
