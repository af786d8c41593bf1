import { encodeEvent } from '../wire/messages.js';
import type { EventPlace, ProposedEvent } from './proposed-event.js';

/** Bytes of the log around an event, besides its own. */
const BYTES_AROUND_AN_EVENT = 83;

/** An event as the log keeps it. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** Of a tombstone the largest there is, rounded. */
  readonly revision: number;
  /** Where it stands in `$all`: as in the server a number of bytes, so neither dense nor zero. */
  readonly position: number;
  readonly createdMs: number;
  /** Bytes of the log that it takes: the next event stands that much further. */
  readonly length: number;
  /** What a reader is sent. */
  readonly encoded: Buffer;
  /** What the server itself reads, so of streams whose names begin with `$` only; null of all others. */
  readonly systemData: Uint8Array | null;
  /** Its bytes are gone: no reader sees it any more, though its position is still one of the log. */
  isScavenged: boolean;
}

/** The event as the log keeps it at a place. `encoded` where it is known by now. */
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
