import { performance } from 'node:perf_hooks';
import type { Alarm, Dependency, Outage as State } from '@onedoor/engine';
import { instantOf } from '@onedoor/kernel';

/** A failure that the next call mends is no outage: it has to last this long without any success. */
const GRACE_MS = 500;

interface Present {
  readonly sinceMs: number;
  /** Of the latest failure that has one of its own: the first is often only that a connection broke. */
  reason: string;
  /** When the first call succeeded again; null while none did. */
  overAtMs: number | null;
  isTold: boolean;
  callsFailed: number;
  callsRepeated: number;
}

export interface OutageOptions {
  /** As of `Dependency`: true when absent. */
  readonly holdsUpRequests?: boolean;
  /** Milliseconds since 1970 that never go back. */
  readonly nowMs?: () => number;
}

/**
 * How a server answers, as the calls of one process find it. An outage is two alarms whatever the load: that it began, with its
 * reason, and that it is over, with how long it took, how many calls failed for good and how many succeeded by being repeated.
 */
export class Outage implements Dependency {
  #present: Present | null = null;
  /** Calls that failed at least once and are being repeated. */
  #repeating = 0;

  readonly holdsUpRequests: boolean;
  readonly #nowMs: () => number;

  constructor(
    readonly name: string,
    private readonly alarm: Alarm,
    { holdsUpRequests = true, nowMs = () => performance.timeOrigin + performance.now() }: OutageOptions = {},
  ) {
    this.holdsUpRequests = holdsUpRequests;
    this.#nowMs = nowMs;
  }

  outage(): State | null {
    return this.#present?.isTold === true && this.#present.overAtMs === null ? stateOf(this.#present) : null;
  }

  /** A call to the server, which may be repeated: exactly one of `succeeded` and `gaveUp` ends it. */
  call(): OutageCall {
    let hasFailed = false;
    const end = (): void => {
      if (hasFailed) this.#repeating -= 1;
      this.#tellOver();
    };
    return {
      failed: (reason) => {
        if (!hasFailed) this.#repeating += 1;
        hasFailed = true;
        this.#fail(reason);
      },
      succeeded: () => {
        if (this.#present === null) return;
        this.#present.overAtMs ??= this.#nowMs();
        if (hasFailed) this.#present.callsRepeated += 1;
        end();
      },
      gaveUp: () => {
        if (this.#present !== null && hasFailed) this.#present.callsFailed += 1;
        end();
      },
    };
  }

  #fail(reason: string | null): void {
    const present = (this.#present ??= {
      sinceMs: this.#nowMs(),
      reason: 'broken off',
      overAtMs: null,
      isTold: false,
      callsFailed: 0,
      callsRepeated: 0,
    });
    // Not over after all: what failed again before the last call was repeated belongs to it.
    present.overAtMs = null;
    present.reason = reason ?? present.reason;
    if (present.isTold || this.#nowMs() - present.sinceMs < GRACE_MS) return;
    present.isTold = true;
    this.alarm(`${this.name} does not answer`, { ...stateOf(present) });
  }

  /** Waits for the calls that are being repeated, so that they are counted. */
  #tellOver(): void {
    const present = this.#present;
    if (present === null || present.overAtMs === null || this.#repeating > 0) return;
    this.#present = null;
    const { sinceMs, overAtMs, callsFailed, callsRepeated } = present;
    if (present.isTold) this.alarm(`${this.name} answers again`, { afterMs: Math.round(overAtMs - sinceMs), callsFailed, callsRepeated });
  }
}

export interface OutageCall {
  /** An attempt failed; `reason` is a kind of failure, never an address or a secret. Null where it only follows from an earlier failure. */
  failed(reason: string | null): void;
  succeeded(): void;
  gaveUp(): void;
}

const stateOf = ({ sinceMs, reason }: Present): State => ({ since: instantOf(Math.floor(sinceMs)), reason });
