import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PORTS, type Ports } from '../ports.js';
import type { Worker } from './worker.js';

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
  private running: Promise<void>[] = [];

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  register(...workers: readonly Worker[]): void {
    this.workers.push(...workers);
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
    for (let before: string | null | undefined; ; ) {
      const head = await this.ports.store.head();
      if (head === before) return;
      before = head;
      await this.catchUp('relay');
      await this.catchUp('consumer');
    }
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
      const startedMs = Date.parse(this.ports.clock.now());
      try {
        await worker.run({ signal });
      } catch (error) {
        if (signal.aborted) return;
        this.ports.alarm('worker failed', { worker: worker.name, retryInMs: backOffMs, reason: String(error) });
      }
      const ranMs = Date.parse(this.ports.clock.now()) - startedMs;
      backOffMs = ranMs > LONGEST_BACK_OFF_MS ? FIRST_BACK_OFF_MS : Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
      if (!signal.aborted) await this.ports.clock.wait(backOffMs, signal);
    }
  }
}
