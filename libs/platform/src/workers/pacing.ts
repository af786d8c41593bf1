import { performance } from 'node:perf_hooks';
import type { Clock } from '@onedoor/engine';
import type { Worker } from './worker.js';

/** How long each kind gathers between two pages while it runs live: what a resident waits for is quick, views may trail a little. */
const PACE_MS: Readonly<Record<Worker['kind'], number>> = { relay: 10, consumer: 10, projector: 100, ticker: 0 };
/**
 * How long it gathers while the process is saturated: requests have priority, and what follows from events is done in larger and cheaper
 * pages. After so many full pages in a row the worker waits no longer, so a promise trails by about a second at most, and a view by about
 * five.
 */
const BUSY_PACE_MS: Readonly<Record<Worker['kind'], number>> = { relay: 250, consumer: 50, projector: 1_000, ticker: 0 };
const PATIENT_PAGES: Readonly<Record<Worker['kind'], number>> = { relay: 4, consumer: 4, projector: 5, ticker: 0 };

/** The wait of a worker between two pages, told whether the page before it was full. One for each run of a worker. */
export function pacing({ kind }: Worker, load: ProcessLoad, clock: Clock, signal: AbortSignal): (isFull: boolean) => Promise<void> {
  let fullPages = 0;
  return (isFull) => {
    fullPages = isFull ? fullPages + 1 : 0;
    if (fullPages > PATIENT_PAGES[kind]) return Promise.resolve();
    return clock.wait((load.isSaturated() ? BUSY_PACE_MS : PACE_MS)[kind], signal);
  };
}

/** The share of its time that the event loop must be at work to count as saturated. */
const SATURATED = 0.9;
/** The shortest time over which saturation is measured: a shorter peak delays few requests, and is no reason to delay the workers. */
const WINDOW_MS = 1_000;

/** Tells whether the event loop of this process is saturated. */
export class ProcessLoad {
  private since = performance.eventLoopUtilization();
  private sinceMs = performance.now();
  private saturated = false;

  isSaturated(): boolean {
    if (performance.now() - this.sinceMs < WINDOW_MS) return this.saturated;
    this.saturated = performance.eventLoopUtilization(this.since).utilization > SATURATED;
    this.since = performance.eventLoopUtilization();
    this.sinceMs = performance.now();
    return this.saturated;
  }
}
