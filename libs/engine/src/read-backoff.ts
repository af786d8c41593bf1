import type { Alarm } from './ports/alarm.js';
import type { Clock } from './ports/clock.js';
import type { EventStore } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

/** What a checked read of the log needs: one that rejects answers with less than is known to be in the log. */
export interface LogPorts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly alarm: Alarm;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** When to alarm: an election of a new leader, or a replica that is a moment behind, is usually over by then. */
const ALARM_AFTER_MS = 1_000;

/** For workers, which have no caller waiting and restart from their checkpoint afterwards. */
const WORKER_BACKOFF_LIMIT_MS = 30_000;
/** For reads that a caller waits for: it then gets an error and may retry. */
export const CALLER_BACKOFF_LIMIT_MS = 1_000;

/** Growing pauses between the reads of one reader while the log returns less than is known to be in it, up to a limit in sum. */
export class ReadBackoff {
  private waitedMs = 0;
  private pauseMs = 0;

  constructor(
    private readonly ports: Pick<LogPorts, 'clock' | 'alarm'>,
    private readonly signal: AbortSignal,
    private readonly limitMs = WORKER_BACKOFF_LIMIT_MS,
  ) {}

  /**
   * Resolves when the log may be read again: at once the first time, then after growing pauses. Throws `Unavailable` when the limit
   * is reached or the signal fired. `missing` names what was expected: streams, revisions and positions only.
   */
  async pause(missing: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.signal.aborted || this.waitedMs >= this.limitMs) {
      throw new Unavailable(`The log answers less than it has told of: ${JSON.stringify(missing)}`);
    }
    const before = this.waitedMs;
    if (this.pauseMs > 0) await this.ports.clock.wait(this.pauseMs, this.signal);
    this.waitedMs += this.pauseMs;
    this.pauseMs = this.pauseMs === 0 ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    if (before < ALARM_AFTER_MS && this.waitedMs >= ALARM_AFTER_MS) this.ports.alarm('the log answers less than it has told of', missing);
  }

  /** A read made progress: the next incomplete answer starts from the first pause. */
  reset(): void {
    this.waitedMs = 0;
    this.pauseMs = 0;
  }
}
