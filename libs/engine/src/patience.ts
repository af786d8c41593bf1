import type { Alarm } from './ports/alarm.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

/** What reading the log takes, where less than is known to be in it is not believed. */
export interface LogPorts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly alarm: Alarm;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** An election of a new leader, or a follower that shows the log a moment late, is over by then as a rule. */
const LONG_MS = 1_000;

/** How long a worker waits for the log: it has nothing else to do, and starts again from its checkpoint afterwards. */
export const WORKER_PATIENCE_MS = 30_000;
/** How long a caller waits who is waited for: the answer is then that it should be asked again. */
export const CALLER_PATIENCE_MS = 1_000;

/** The pauses of one reader whom the log answers less than it has told of: bounded in sum, with one alarm where they get long. */
export class Patience {
  private waitedMs = 0;
  private pauseMs = 0;

  constructor(
    private readonly ports: Pick<LogPorts, 'clock' | 'alarm'>,
    private readonly signal: AbortSignal,
    private readonly patienceMs = WORKER_PATIENCE_MS,
  ) {}

  /**
   * Resolves when the log may be asked again: at once the first time, then after growing pauses. Throws `Unavailable` when the
   * patience is used up, or the signal fired. `missing` names what the log owes: streams, revisions and positions only.
   */
  async again(missing: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.signal.aborted || this.waitedMs >= this.patienceMs) {
      throw new Unavailable(`The log answers less than it has told of: ${JSON.stringify(missing)}`);
    }
    const before = this.waitedMs;
    if (this.pauseMs > 0) await this.ports.clock.wait(this.pauseMs, this.signal);
    this.waitedMs += this.pauseMs;
    this.pauseMs = this.pauseMs === 0 ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    if (before < LONG_MS && this.waitedMs >= LONG_MS) this.ports.alarm('the log answers less than it has told of', missing);
  }

  /** The log told more. The next doubt begins anew. */
  renew(): void {
    this.waitedMs = 0;
    this.pauseMs = 0;
  }
}
