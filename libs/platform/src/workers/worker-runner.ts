import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Unavailable, VoidPosition } from '@onedoor/engine';
import { ANOTHER_LOG } from '../another-log.js';
import { PORTS, type Ports } from '../ports.js';
import { ProcessLoad } from './process-load.js';
import type { Worker } from './worker.js';

/** How long each kind gathers between two pages while it runs live: what a resident waits for is quick, views may trail a little. */
const PACE_MS: Readonly<Record<Worker['kind'], number>> = { relay: 10, consumer: 10, projector: 100, ticker: 0 };
/**
 * How long it gathers while the process is saturated: whoever stands at the door comes first, and what follows is done in
 * larger and cheaper pieces. After so many full pages in a row it waits no longer, so a promise trails by about a second at
 * most, and a view by about five.
 */
const BUSY_PACE_MS: Readonly<Record<Worker['kind'], number>> = { relay: 250, consumer: 50, projector: 1_000, ticker: 0 };
const PATIENT_PAGES: Readonly<Record<Worker['kind'], number>> = { relay: 4, consumer: 4, projector: 5, ticker: 0 };

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 10_000;

/**
 * Starts and stops the workers that contexts register. A worker that fails is started again, from its checkpoint, after a
 * growing pause; the others go on.
 */
@Injectable()
export class WorkerRunner implements BeforeApplicationShutdown {
  private readonly workers: Worker[] = [];
  private readonly stopping = new AbortController();
  private readonly load = new ProcessLoad();
  private running: Promise<void>[] = [];

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  register(...workers: readonly Worker[]): void {
    this.workers.push(...workers);
  }

  /** Who is registered, for whoever reports on them. */
  all(): readonly Worker[] {
    return this.workers;
  }

  /** Lets every worker follow live. */
  start(): void {
    this.running = this.workers.map((worker) => this.keepRunning(worker));
  }

  /**
   * Lets relays and consumers hand on what is there until nothing moves any more. For whoever drives the system step by
   * step, an import or a test, instead of letting it run.
   */
  async settle(): Promise<void> {
    for (let before: string | null | undefined; ;) {
      const head = await this.ports.store.head();
      if (head === before) return;
      before = head;
      await this.catchUp('relay');
      await this.catchUp('consumer');
    }
  }

  /** The same, and the views after it. */
  async bringUpToDate(): Promise<void> {
    await this.settle();
    await this.catchUp('projector');
  }

  /** Brings all workers of a kind to the present end of what they follow. */
  async catchUp(kind: Worker['kind']): Promise<void> {
    const workers = this.workers.filter((worker) => worker.kind === kind);
    await Promise.all(workers.map((worker) => worker.run({ signal: this.stopping.signal, untilCaughtUp: true })));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private paceOf({ kind }: Worker): (isFull: boolean) => Promise<void> {
    let fullPages = 0;
    return (isFull) => {
      fullPages = isFull ? fullPages + 1 : 0;
      if (fullPages > PATIENT_PAGES[kind]) return Promise.resolve();
      return this.ports.clock.wait((this.load.isSaturated() ? BUSY_PACE_MS : PACE_MS)[kind], this.stopping.signal);
    };
  }

  private async keepRunning(worker: Worker): Promise<void> {
    const { signal } = this.stopping;
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!signal.aborted) {
      const startedMs = Date.parse(this.ports.clock.now());
      const pace = this.paceOf(worker);
      const failure = await failureOf(() => worker.run({ signal, pace }));
      if (signal.aborted) return;
      if (Date.parse(this.ports.clock.now()) - startedMs > LONGEST_BACK_OFF_MS) backOffMs = FIRST_BACK_OFF_MS;
      // No repetition mends this one, and the remedy is to stop: so the longest pause from the beginning.
      const isVoid = failure instanceof VoidPosition;
      if (isVoid) backOffMs = LONGEST_BACK_OFF_MS;
      const details = { worker: worker.name, retryInMs: backOffMs, reason: String(failure) };
      if (isVoid) this.ports.alarm('log is another one than before', { ...details, remedy: ANOTHER_LOG });
      else if (failure !== null && !this.isOfKnownOutage(failure)) this.ports.alarm('worker failed', details);
      await this.ports.clock.wait(backOffMs, signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** A server that is away has had its alarm, and will have another when it answers again: what waits for it says nothing of its own. */
  private isOfKnownOutage(failure: unknown): boolean {
    return failure instanceof Unavailable && this.ports.dependencies.some((dependency) => dependency.outage() !== null);
  }
}

/** What it failed with, however it did; null when it ended well. */
async function failureOf(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return null;
  } catch (error) {
    return error ?? new Error('It failed without saying why');
  }
}
