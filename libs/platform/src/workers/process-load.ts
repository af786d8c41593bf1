import { performance } from 'node:perf_hooks';

/** The share of its time that the event loop must be at work to count as saturated. */
const SATURATED = 0.9;
/** The shortest time over which that is judged: what is over within a second holds nobody up for long, and is no reason to hold others up. */
const WINDOW_MS = 1_000;

/** Tells whether this process has any time to spare. */
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
