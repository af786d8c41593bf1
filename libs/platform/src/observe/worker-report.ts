import { Inject, Injectable } from '@nestjs/common';
import { Misconfigured, Unavailable, VoidPosition, type Clock, type ParkedKeys, type Stall } from '@onedoor/engine';
import { msOf, type Instant } from '@onedoor/kernel';
import { PORTS, type Ports } from '../ports.js';
import { WorkerRunner } from '../workers/worker-runner.js';
import type { Worker } from '../workers/worker.js';

export interface WorkerState {
  readonly name: string;
  readonly kind: Worker['kind'];
  /** False while the log or the views do not answer: the figures are then null. */
  readonly isKnown: boolean;
  /** Age of the oldest that it has yet to handle. Null where it follows nothing, or the bus cannot tell. */
  readonly lagSeconds: number | null;
  /** Messages that wait for it. Null where it reacts to no messages, or the bus cannot tell. */
  readonly lagMessages: number | null;
  /** Null where it gets on. */
  readonly stuck: Stall | null;
  /** Null where it reacts to no messages. */
  readonly parkedKeys: number | null;
  readonly parkedSince: Instant | null;
  readonly parkedReasons: ParkedKeys['reasons'];
  /** Null where it works off no due list. */
  readonly due: number | null;
}

/** A report costs one read of the log's head for each worker, so its answer is reused for this time. */
const FRESH_MS = 1_000;
/** Shorter than the usual timeout of an orchestrator's probe: a log that hangs must not make the answer hang. */
const ANSWER_WITHIN_MS = 2_500;

/**
 * The state of the workers of this process. A process without workers asks for the log's head: otherwise it would notice an outage of the
 * log by a failing request only.
 */
@Injectable()
export class WorkerReport {
  private latest: { readonly untilMs: number; readonly states: Promise<readonly WorkerState[]> } | null = null;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly runner: WorkerRunner,
  ) {}

  states(): Promise<readonly WorkerState[]> {
    const { clock } = this.ports;
    const nowMs = msOf(clock.now());
    if (this.latest === null || this.latest.untilMs <= nowMs) {
      this.latest = { untilMs: nowMs + FRESH_MS, states: this.ask() };
    }
    return this.latest.states;
  }

  private async ask(): Promise<readonly WorkerState[]> {
    const { clock, store } = this.ports;
    const workers = this.runner.all();
    if (workers.length === 0) await answeredInTime(clock, store.head());
    return Promise.all(workers.map((worker) => stateOf(worker, this.runner.stallOf(worker), clock)));
  }
}

type Figures = Omit<WorkerState, 'name' | 'kind' | 'isKnown' | 'stuck'> & { readonly next: string | null };

const UNKNOWN: Figures = {
  lagSeconds: null,
  lagMessages: null,
  parkedKeys: null,
  parkedSince: null,
  parkedReasons: [],
  due: null,
  next: null,
};

async function stateOf(worker: Worker, stall: Stall | null, clock: Clock): Promise<WorkerState> {
  const { name, kind } = worker;
  const found = await answeredInTime(clock, figuresOf(worker));
  const { next, ...figures } = found ?? UNKNOWN;
  return { name, kind, isKnown: found !== null, ...figures, stuck: stall && { ...stall, on: stall.on ?? next } };
}

async function figuresOf(worker: Worker): Promise<Figures> {
  const [lag = null, parked = null, due = null] = await Promise.all([worker.lag?.(), worker.parked?.(), worker.due?.()]);
  return {
    lagSeconds: lag === null || lag.ms === null ? null : lag.ms / 1_000,
    lagMessages: lag?.messages ?? null,
    parkedKeys: parked?.keys ?? null,
    parkedSince: parked?.since ?? null,
    parkedReasons: parked?.reasons ?? [],
    due,
    next: lag?.next ?? null,
  };
}

/** Null where the server does not answer in time, is unavailable, or holds another log than the worker's checkpoint belongs to. */
async function answeredInTime<Answer>(clock: Clock, asked: Promise<Answer>): Promise<Answer | null> {
  const isOver = new AbortController();
  const answer = asked.catch((error: unknown) => {
    if ([Unavailable, Misconfigured, VoidPosition].some((kind) => error instanceof kind)) return null;
    throw error;
  });
  try {
    return await Promise.race([answer, clock.wait(ANSWER_WITHIN_MS, isOver.signal).then(() => null)]);
  } finally {
    isOver.abort();
  }
}
