import { RequestProblem } from '@onedoor/platform';

/** Limits how many pieces of costly work run at once and how many wait, so that requests can't pile it up. */
export class ConcurrencyLimiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly runningMost: number,
    private readonly waitingMost: number,
  ) {}

  /** Throws a 429 when the queue is full. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.acquire();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private async acquire(): Promise<void> {
    if (this.running < this.runningMost) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.waitingMost)
      throw new RequestProblem(429, ['Too many ask at once: try again in a moment'], { code: 'TOO_MANY_AT_ONCE', retryAfterSeconds: 1 });
    await new Promise<void>((admit) => this.waiting.push(admit));
  }

  /** Hands the slot to the work that has waited longest, without freeing it in between. */
  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
