import { performance } from 'node:perf_hooks';
import type { Alarm, Dependency, Outage, ServerName } from '@onedoor/engine';
import { instantOf } from '@onedoor/kernel';

/** A failure that the next call mends is no outage: it has to last this long without any success. */
const GRACE_MS = 500;

interface OngoingOutage {
  readonly sinceMs: number;
  /** Of the latest failure that has one of its own: the first is often only that a connection broke. */
  reason: string;
  /** When the first call succeeded again; null while none did. */
  overAtMs: number | null;
  isTold: boolean;
  callsFailed: number;
  callsRepeated: number;
}

interface OutageOptions {
  /** As of `Dependency`: true when absent. */
  readonly holdsUpRequests?: boolean;
  /** Milliseconds since 1970 that never go back. */
  readonly nowMs?: () => number;
}

/**
 * Tells from the calls of one process whether a server answers. An outage raises two alarms under any load: that it began, with
 * its reason, and that it is over, with how long it took, how many calls failed for good and how many succeeded when repeated.
 */
export class OutageMonitor implements Dependency {
  #ongoing: OngoingOutage | null = null;
  /** Calls that failed at least once and are being repeated. */
  #repeating = 0;

  readonly holdsUpRequests: boolean;
  readonly #nowMs: () => number;

  constructor(
    readonly name: ServerName,
    private readonly alarm: Alarm,
    { holdsUpRequests = true, nowMs = () => performance.timeOrigin + performance.now() }: OutageOptions = {},
  ) {
    this.holdsUpRequests = holdsUpRequests;
    this.#nowMs = nowMs;
  }

  outage(): Outage | null {
    return this.#ongoing?.isTold === true && this.#ongoing.overAtMs === null ? stateOf(this.#ongoing) : null;
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
        if (this.#ongoing === null) return;
        this.#ongoing.overAtMs ??= this.#nowMs();
        if (hasFailed) this.#ongoing.callsRepeated += 1;
        end();
      },
      gaveUp: () => {
        if (this.#ongoing !== null && hasFailed) this.#ongoing.callsFailed += 1;
        end();
      },
    };
  }

  #fail(reason: string | null): void {
    const ongoing = (this.#ongoing ??= {
      sinceMs: this.#nowMs(),
      reason: 'broken off',
      overAtMs: null,
      isTold: false,
      callsFailed: 0,
      callsRepeated: 0,
    });
    // Not over after all: what failed again before the last call was repeated belongs to it.
    ongoing.overAtMs = null;
    ongoing.reason = reason ?? ongoing.reason;
    if (ongoing.isTold || this.#nowMs() - ongoing.sinceMs < GRACE_MS) return;
    ongoing.isTold = true;
    this.alarm(`${this.name} does not answer`, { ...stateOf(ongoing) });
  }

  /** Waits for the calls that are being repeated, so that they are counted. */
  #tellOver(): void {
    const ongoing = this.#ongoing;
    if (ongoing === null || ongoing.overAtMs === null || this.#repeating > 0) return;
    this.#ongoing = null;
    const { sinceMs, overAtMs, callsFailed, callsRepeated } = ongoing;
    if (ongoing.isTold) this.alarm(`${this.name} answers again`, { afterMs: Math.round(overAtMs - sinceMs), callsFailed, callsRepeated });
  }
}

interface OutageCall {
  /** An attempt failed; `reason` is a kind of failure, never an address or a secret. Null where it only follows from an earlier failure. */
  failed(reason: string | null): void;
  succeeded(): void;
  gaveUp(): void;
}

const stateOf = ({ sinceMs, reason }: OngoingOutage): Outage => ({ since: instantOf(Math.floor(sinceMs)), reason });
