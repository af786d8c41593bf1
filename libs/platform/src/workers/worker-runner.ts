import { Global, Inject, Injectable, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Fenced, Stalls, StuckWorkers, Unavailable, VoidPosition, type Stall } from '@onedoor/engine';
import { msOf } from '@onedoor/kernel';
import { PORTS, type Ports } from '../ports.js';
import { ANOTHER_LOG } from '../start-refusals.js';
import { pacing, ProcessLoad } from './pacing.js';
import type { Worker } from './worker.js';

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 10_000;

/**
 * Starts and stops the workers that contexts register. A worker that fails is started again, from its checkpoint, after a pause that
 * doubles with each failure, with an alarm each time; the others go on. A worker that was stopped, or that lost its checkpoint to another
 * process and stands by, has not failed.
 */
@Injectable()
export class WorkerRunner implements BeforeApplicationShutdown {
  private readonly workers: Worker[] = [];
  private readonly stopping = new AbortController();
  private readonly load = new ProcessLoad();
  private readonly stalls = new Map<Worker, Stalls>();
  private running: Promise<void>[] = [];

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  register(...workers: readonly Worker[]): void {
    this.workers.push(...workers);
  }

  /** All registered workers, for the report on them. */
  all(): readonly Worker[] {
    return this.workers;
  }

  /** What a worker cannot get past; null where it gets on. */
  stallOf(worker: Worker): Stall | null {
    return worker.stall?.() ?? this.stalls.get(worker)?.current() ?? null;
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
    const { clock, alarm, checkpoints } = this.ports;
    const stuck = new StuckWorkers(checkpoints);
    // What is stored for a report may be lost: the alarm was raised.
    const onChange = (stall: Stall | null): void => void stuck.set(worker.name, stall).catch(() => undefined);
    const stalls = new Stalls({ worker: worker.name, clock, alarm, onChange, isOutageKnown: () => this.isOutageKnown() });
    this.stalls.set(worker, stalls);
    const onProgress = (): void => stalls.passed(null);
    onChange(null);
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!signal.aborted) {
      const startedMs = msOf(this.ports.clock.now());
      const pace = pacing(worker, this.load, this.ports.clock, signal);
      const failure = await failureOf(() => worker.run({ signal, pace, onProgress }));
      if (signal.aborted) return;
      if (msOf(this.ports.clock.now()) - startedMs > LONGEST_BACK_OFF_MS) backOffMs = FIRST_BACK_OFF_MS;
      // A retry can not succeed here, and the remedy is to stop the process: so the longest pause from the first failure on.
      const isVoid = failure instanceof VoidPosition;
      if (isVoid) backOffMs = LONGEST_BACK_OFF_MS;
      const details = { worker: worker.name, retryInMs: backOffMs, reason: String(failure) };
      if (isVoid) alarm('log is another one than before', { ...details, remedy: ANOTHER_LOG });
      else if (!(failure instanceof Fenced) && !(failure instanceof Unavailable && this.isOutageKnown())) alarm('worker failed', details);
      if (!(failure instanceof Fenced)) stalls.failed(null, details.reason);
      await clock.wait(backOffMs, signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** An outage raises an alarm when it begins and when it ends: a worker that fails because of it raises none of its own. */
  private isOutageKnown(): boolean {
    return this.ports.dependencies.some((dependency) => dependency.outage() !== null);
  }
}

/** What it threw. A worker that ends without being told to has failed as well. */
async function failureOf(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return new Error('It ended without being stopped');
  } catch (error) {
    return error;
  }
}

/** Makes the runner known to every module. */
@Global()
@Module({ providers: [WorkerRunner], exports: [WorkerRunner] })
export class WorkersModule {}
