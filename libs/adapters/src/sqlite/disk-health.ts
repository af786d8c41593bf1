import { performance } from 'node:perf_hooks';
import type { Alarm, Dependency, Outage } from '@onedoor/engine';
import { instantOf } from '@onedoor/kernel';
import type { WriteObserver } from './writer/writer.js';

/** A disk that is nearly full takes one write and not the next: it has to take all of them for so long before it is said to. */
const QUIET_MS = 3_000;

/** Whether the disk of a data folder takes writes, as its writers find it. Reads go on meanwhile. Two alarms an outage. */
export class DiskHealth implements Dependency, WriteObserver {
  readonly name = 'disk';
  readonly holdsUpRequests = false;
  #outage: Outage | null = null;
  #lastRefusalMs = 0;
  readonly #refused = new Set<string>();

  constructor(
    private readonly alarm: Alarm,
    /** Called when the disk takes writes again. */
    private readonly onHealed: () => void,
    /** Milliseconds since 1970 that never go back. */
    private readonly nowMs: () => number = () => performance.timeOrigin + performance.now(),
  ) {}

  outage(): Outage | null {
    return this.#outage;
  }

  refused(path: string, reason: string): void {
    this.#lastRefusalMs = this.nowMs();
    this.#refused.add(path);
    if (this.#outage !== null) return;
    this.#outage = { since: instantOf(Math.floor(this.#lastRefusalMs)), reason };
    this.alarm('the disk takes no writes', { ...this.#outage });
  }

  written(path: string): boolean {
    if (this.nowMs() - this.#lastRefusalMs < QUIET_MS) return false;
    this.#refused.delete(path);
    if (this.#refused.size > 0 || this.#outage === null) return true;
    this.alarm('the disk takes writes again', { since: this.#outage.since });
    this.#outage = null;
    this.onHealed();
    return true;
  }
}
