import { RequestProblem } from '@onedoor/platform';

/** Lets so many pieces of work run side by side and so many wait, and turns the rest away: costly work can't be piled up by strangers. */
export class Turnstile {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly abreast: number,
    private readonly waitingMost: number,
  ) {}

  /** Throws a 429 when as many wait already as may. */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.abreast) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= this.waitingMost)
      throw new RequestProblem(429, ['Too many ask at once: try again in a moment'], { code: 'TOO_MANY_AT_ONCE', retryAfterSeconds: 1 });
    await new Promise<void>((admit) => this.waiting.push(admit));
  }

  /** Hands the place on to whoever waits longest, so that nobody slips in between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
