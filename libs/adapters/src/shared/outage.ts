import { performance } from 'node:perf_hooks';
import type { Alarm, Dependency, Outage as State } from '@onedoor/engine';

/** A failure that the next call mends is no outage: it has to last this long without any success. */
const GRACE_MS = 500;

interface Begun {
  readonly since: string;
  readonly sinceMs: number;
  readonly reason: string;
  isTold: boolean;
  callsFailed: number;
  callsRepeated: number;
}

/**
 * How a server answers, as the calls of one process find it. An outage is two alarms whatever the load: that it began, with its first
 * reason, and that it is over, with how long it took, how many calls failed for good and how many succeeded by being repeated.
 */
export class Outage implements Dependency {
  #begun: Begun | null = null;

  constructor(
    readonly name: string,
    private readonly alarm: Alarm,
  ) {}

  outage(): State | null {
    return this.#begun?.isTold === true ? { since: this.#begun.since, reason: this.#begun.reason } : null;
  }

  /** One attempt of a call failed; `reason` is a kind of failure, never an address or a secret. */
  failed(reason: string): void {
    const nowMs = performance.now();
    this.#begun ??= { since: new Date().toISOString(), sinceMs: nowMs, reason, isTold: false, callsFailed: 0, callsRepeated: 0 };
    if (this.#begun.isTold || nowMs - this.#begun.sinceMs < GRACE_MS) return;
    this.#begun.isTold = true;
    this.alarm(`${this.name} does not answer`, { reason: this.#begun.reason, since: this.#begun.since });
  }

  /** A call was given up. */
  gaveUp(): void {
    if (this.#begun !== null) this.#begun.callsFailed += 1;
  }

  /** A call succeeded: an outage is over with the first one. */
  succeeded(isRepeated: boolean): void {
    const begun = this.#begun;
    if (begun === null) return;
    if (isRepeated) begun.callsRepeated += 1;
    this.#begun = null;
    if (!begun.isTold) return;
    const afterMs = Math.round(performance.now() - begun.sinceMs);
    this.alarm(`${this.name} answers again`, { afterMs, callsFailed: begun.callsFailed, callsRepeated: begun.callsRepeated });
  }
}
