import { msOf, type Instant } from '@onedoor/kernel';
import type { Alarm } from './ports/alarm.js';
import type { Clock } from './ports/clock.js';

/** What a worker cannot get past. */
export interface Stall {
  readonly since: Instant;
  /** What it is at: the subject of a message, or an event of the log; null where it is not known. */
  readonly on: string | null;
  readonly reason: string;
  /** Attempts that failed since then. */
  readonly failures: number;
}

interface StallsParts {
  readonly worker: string;
  readonly clock: Clock;
  readonly alarm: Alarm;
  /** An outage of a server raises alarms of its own: while one is known, a stall raises none. */
  readonly isOutageKnown?: () => boolean;
  /** Is told of a stall that raised its alarm, again each half minute that it lasts, and with null when the worker works again. */
  readonly onChange?: (stall: Stall | null) => void;
}

/** A failure that one more attempt mends is no stall: it is one from this number of failures on. */
const FAILURES = 3;
/** When to alarm: an election, a restart or a race for a stream is over by then. */
const ALARM_AFTER_MS = 30_000;
/** Stalls of one worker that are kept, by what it is at. Consumers handle fewer keys at once. */
const KEPT = 1_000;

/** Keeps what one worker cannot get past, raises one alarm when that lasts, and another one when it is over. */
export class Stalls {
  private readonly ongoing = new Map<string | null, Stall>();
  /** The stall that raised the alarm, and when it was last told of; null while none did. */
  private told: { readonly since: Instant; readonly at: Instant } | null = null;

  constructor(private readonly parts: StallsParts) {}

  /** An attempt at something failed and will be repeated. */
  failed(on: string | null, reason: string): void {
    const before = this.ongoing.get(on);
    if (before === undefined && this.ongoing.size >= KEPT) return;
    const now = this.parts.clock.now();
    this.ongoing.set(on, { since: before?.since ?? now, on, reason, failures: (before?.failures ?? 0) + 1 });
    const stall = this.current();
    if (stall === null || msOf(now) - msOf(this.told?.at ?? stall.since) < ALARM_AFTER_MS) return;
    if (this.parts.isOutageKnown?.() === true) return;
    if (this.told === null) this.parts.alarm('worker stuck', { worker: this.parts.worker, ...stall });
    this.told = { since: stall.since, at: now };
    this.parts.onChange?.(stall);
  }

  /** It got past this. */
  passed(on: string | null): void {
    if (!this.ongoing.delete(on) || this.ongoing.size > 0 || this.told === null) return;
    const afterMs = msOf(this.parts.clock.now()) - msOf(this.told.since);
    this.told = null;
    this.parts.alarm('worker works again', { worker: this.parts.worker, afterMs });
    this.parts.onChange?.(null);
  }

  /** The longest stall; null where it gets on. */
  current(): Stall | null {
    let longest: Stall | null = null;
    for (const stall of this.ongoing.values()) {
      if (stall.failures >= FAILURES && (longest === null || stall.since < longest.since)) longest = stall;
    }
    return longest;
  }
}
