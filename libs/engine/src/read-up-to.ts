import { LIMITS } from '@onedoor/kernel';
import { checkSequence } from './check-sequence.js';
import { CALLER_PATIENCE_MS, Patience, type LogPorts } from './patience.js';
import { isBefore, type Position, type RecordedEvent } from './ports/event-store.js';

/**
 * A stream's events from one revision up to another one that the caller was told of, both included; none where `to` lies before
 * `from`, without asking. A log that answers fewer is asked again for the rest, for half a minute, with an alarm when that gets
 * long: what comes back is all of it. Throws `Unavailable` in the end, and `DamagedStream` where events in between are missing.
 */
export async function readUpTo(
  ports: LogPorts,
  stream: string,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<readonly RecordedEvent[]> {
  if (to < from) return [];
  const patience = new Patience(ports, signal);
  const events: RecordedEvent[] = [];
  for (;;) {
    const next = from + events.length;
    const more = await ports.store.read(stream, next, Math.min(to - next + 1, LIMITS.eventsPerStream));
    checkSequence(stream, next, more);
    events.push(...more);
    if (events.length > to - from) return events;
    if (more.length === 0) await patience.again({ stream, revision: next, upTo: to });
    else patience.renew();
  }
}

/**
 * All of a stream, for a caller who was not told how long it is, but of a position (null: of none) that one of its events has: the
 * one that a document made from this stream shows. An answer that ends before it was cut short and is asked for again, for a
 * second; then `Unavailable`. Where nothing is known, the log's own word is all there is.
 */
export async function readReaching(
  ports: LogPorts,
  stream: string,
  known: Position | null,
  signal = NEVER,
): Promise<readonly RecordedEvent[]> {
  const patience = new Patience(ports, signal, CALLER_PATIENCE_MS);
  const events: RecordedEvent[] = [];
  for (;;) {
    const more = await ports.store.read(stream, events.length, LIMITS.eventsPerStream);
    checkSequence(stream, events.length, more);
    events.push(...more);
    if (more.length === LIMITS.eventsPerStream) continue;
    if (!isBefore(events.at(-1)?.position ?? null, known)) return events;
    if (more.length === 0) await patience.again({ stream, revision: events.length, position: known });
    else patience.renew();
  }
}

const NEVER = new AbortController().signal;
