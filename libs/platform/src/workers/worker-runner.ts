import { Global, Inject, Injectable, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Unavailable, VoidPosition } from '@onedoor/engine';
import { msOf } from '@onedoor/kernel';
import { PORTS, type Ports } from '../ports.js';
import { ANOTHER_LOG } from '../start-refusals.js';
import { pacing, ProcessLoad } from './pacing.js';
import type { Worker } from './worker.js';

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 10_000;

/**
 * Starts and stops the workers that contexts register. A worker that fails is started again, from its checkpoint, after a pause that
 * doubles with each failure; the others go on.
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

  /** All registered workers, for the report on them. */
  all(): readonly Worker[] {
    return this.workers;
  }

  /** Starts every worker; each follows live until it is stopped. */
  start(): void {
    this.running = this.workers.map((worker) => this.keepRunning(worker));
  }

  /**
   * Runs relays and consumers by turns until the log no longer grows. For an import or a test, which drives the system step by step
   * instead of starting it.
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

  private async keepRunning(worker: Worker): Promise<void> {
    const { signal } = this.stopping;
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!signal.aborted) {
      const startedMs = msOf(this.ports.clock.now());
      const pace = pacing(worker, this.load, this.ports.clock, signal);
      const failure = await failureOf(() => worker.run({ signal, pace }));
      if (signal.aborted) return;
      if (msOf(this.ports.clock.now()) - startedMs > LONGEST_BACK_OFF_MS) backOffMs = FIRST_BACK_OFF_MS;
      // A retry can not succeed here, and the remedy is to stop the process: so the longest pause from the first failure on.
      const isVoid = failure instanceof VoidPosition;
      if (isVoid) backOffMs = LONGEST_BACK_OFF_MS;
      const details = { worker: worker.name, retryInMs: backOffMs, reason: String(failure) };
      if (isVoid) this.ports.alarm('log is another one than before', { ...details, remedy: ANOTHER_LOG });
      else if (failure !== null && !this.isOfKnownOutage(failure)) this.ports.alarm('worker failed', details);
      await this.ports.clock.wait(backOffMs, signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** An outage raises an alarm when it begins and when it ends: a worker that fails because of it raises none of its own. */
  private isOfKnownOutage(failure: unknown): boolean {
    return failure instanceof Unavailable && this.ports.dependencies.some((dependency) => dependency.outage() !== null);
  }
}

/** What it threw, never null; null when it ended well. */
async function failureOf(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return null;
  } catch (error) {
    return error ?? new Error('It failed without a reason');
  }
}

/** Makes the runner known to every module. */
@Global()
@Module({ providers: [WorkerRunner], exports: [WorkerRunner] })
export class WorkersModule {}
