import { assert, LIMITS } from '@onedoor/kernel';
import { isBefore, type Position, type RecordedEvent } from './ports/event-store.js';
import { DamagedStream } from './ports/failures.js';
import { CALLER_BACKOFF_LIMIT_MS, ReadBackoff, type LogPorts } from './read-backoff.js';

/**
 * A stream's events from one revision up to another one that the caller knows to exist, both included; none, without a read, where
 * `to` lies before `from`. If the log returns fewer, the rest is read again with backoff for up to half a minute, with an alarm when
 * that takes long. Throws `Unavailable` in the end, and `DamagedStream` where events in between are missing.
 */
export async function readUpTo(
  ports: LogPorts,
  stream: string,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<readonly RecordedEvent[]> {
  if (to < from) return [];
  const backoff = new ReadBackoff(ports, signal);
  const events: RecordedEvent[] = [];
  for (;;) {
    const next = from + events.length;
    const more = await ports.store.read(stream, next, Math.min(to - next + 1, LIMITS.eventsPerStream));
    checkSequence(stream, next, more);
    events.push(...more);
    if (events.length > to - from) return events;
    if (more.length === 0) await backoff.pause({ stream, revision: next, upTo: to });
    else backoff.reset();
  }
}

/**
 * All events of a stream whose length the caller does not know. `known` is a position that one of its events has, as a document made
 * from this stream shows (null: none is known). An answer that ends before it is incomplete and is read again, for about a second;
 * then this throws `Unavailable`. Where no position is known, the log's answer is taken as complete.
 */
export async function readReaching(
  ports: LogPorts,
  stream: string,
  known: Position | null,
  signal = NEVER,
): Promise<readonly RecordedEvent[]> {
  const backoff = new ReadBackoff(ports, signal, CALLER_BACKOFF_LIMIT_MS);
  const events: RecordedEvent[] = [];
  for (;;) {
    const more = await ports.store.read(stream, events.length, LIMITS.eventsPerStream);
    checkSequence(stream, events.length, more);
    events.push(...more);
    if (more.length === LIMITS.eventsPerStream) continue;
    if (!isBefore(events.at(-1)?.position ?? null, known)) return events;
    if (more.length === 0) await backoff.pause({ stream, revision: events.length, position: known });
    else backoff.reset();
  }
}

const NEVER = new AbortController().signal;

/**
 * Checks that these events of a stream have consecutive revisions from one on. Throws `DamagedStream` where some are missing, so
 * that an incomplete stream is never folded as if it were complete.
 */
export function checkSequence(stream: string, from: number, events: readonly Pick<RecordedEvent, 'revision'>[]): void {
  for (const [index, { revision }] of events.entries()) {
    const expected = from + index;
    if (revision === expected) continue;
    assert(revision > expected, `${stream} answers no revision twice`);
    throw new DamagedStream(stream, revision === expected + 1 ? `revision ${expected}` : `revisions ${expected} to ${revision - 1}`);
  }
}
