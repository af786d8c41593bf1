import { encodeEvent } from '../wire/messages.js';
import type { EventPlace, ProposedEvent } from '../wire/messages.js';

/** Bytes of a log record besides the event itself. */
const BYTES_AROUND_AN_EVENT = 83;

/** An event as the log keeps it. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** Of a tombstone the largest 64-bit number, rounded. */
  readonly revision: number;
  /** The place in `$all`: a number of bytes, as in the server, so neither dense nor zero. */
  readonly position: number;
  readonly createdMs: number;
  /** Its size in the log in bytes: the distance to the next event. */
  readonly length: number;
  /** The response to readers. */
  readonly encoded: Buffer;
  /** The data of events in `$` streams, which the server itself reads; null for all others. */
  readonly systemData: Uint8Array | null;
  /** Its bytes were removed: readers skip it, but its position is still valid. */
  isScavenged: boolean;
}

/** The stored form of an event at its place. */
export function stored(event: ProposedEvent, place: EventPlace, encoded = encodeEvent(event, place)): StoredEvent {
  const { stream, revision, position, createdMs } = place;
  return {
    id: event.id,
    type: event.type,
    stream,
    revision: Number(revision),
    position,
    createdMs,
    length: BYTES_AROUND_AN_EVENT + event.data.length + event.metadata.length + stream.length + event.type.length,
    encoded,
    systemData: stream.startsWith('$') ? event.data : null,
    isScavenged: false,
  };
}
