import { Inject, Injectable } from '@nestjs/common';
import { msOf } from '@onedoor/kernel';
import { PORTS, type Ports } from '../ports.js';
import { WorkerRunner } from '../workers/worker-runner.js';
import type { Worker } from '../workers/worker.js';

export interface WorkerState {
  readonly name: string;
  readonly kind: Worker['kind'];
  /** Null where it follows no log. */
  readonly lagSeconds: number | null;
  readonly parkedKeys: number;
  /** Null where it works off no due list. */
  readonly due: number | null;
}

/** Asking costs a look at the log for each worker, so an answer serves everybody who asks within this time. */
const FRESH_MS = 1_000;

/** How the workers of this process stand. */
@Injectable()
export class WorkerReport {
  private latest: { readonly untilMs: number; readonly states: Promise<readonly WorkerState[]> } | null = null;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly runner: WorkerRunner,
  ) {}

  /** Fails with `Unavailable` where the log can't be asked. */
  states(): Promise<readonly WorkerState[]> {
    const nowMs = msOf(this.ports.clock.now());
    if (this.latest === null || this.latest.untilMs <= nowMs) {
      this.latest = { untilMs: nowMs + FRESH_MS, states: Promise.all(this.runner.all().map(stateOf)) };
    }
    return this.latest.states;
  }
}

async function stateOf({ name, kind, lag, due, parkedKeys }: Worker): Promise<WorkerState> {
  const lagMs = (await lag?.()) ?? null;
  return { name, kind, lagSeconds: lagMs === null ? null : lagMs / 1_000, parkedKeys: parkedKeys?.().length ?? 0, due: (await due?.()) ?? null };
}
