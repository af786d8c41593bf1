import { hash } from 'node:crypto';
import type { JSONEventData, JSONType, RecordedEvent as ServerEvent } from '@eventstore/db-client';
import type { EventMetadata, NewEvent, RecordedEvent, StreamName } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { placeOfEvent, positionOf } from './place.js';

/** Bytes of one append that every version of the server takes: newer ones count metadata and types too. */
const APPEND_BYTES_MAX = 1024 * 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** The metadata of an event. The two names with a dollar are those that the server's own tools look for. */
type ServerMetadata = Omit<EventMetadata, 'correlationId' | 'causationId'> & {
  readonly v: number;
  readonly at: string;
  readonly recordedAt: string;
  /** The event's own id, where it is no UUID. */
  readonly eventId?: string;
  readonly $correlationId: string;
  readonly $causationId?: string;
};

/**
 * The events of one append as the client takes them. Events that cannot be written as JSON, or are too large, fail here: inside
 * the client they would end the process, or never be answered.
 */
export function toServer(events: readonly NewEvent[]): JSONEventData[] {
  const written = events.map((event) => ({
    id: uuidOf(event.id),
    contentType: 'application/json' as const,
    type: event.type,
    data: (event.data ?? null) as JSONType,
    metadata: metadataOf(event),
  }));
  const bytes = written.reduce(
    (sum, { type, data, metadata }) =>
      sum + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length,
    0,
  );
  assert(bytes <= APPEND_BYTES_MAX, `an append holds at most ${APPEND_BYTES_MAX} bytes`);
  return written;
}

/** The event as it was appended; null for one that OneDoor did not write, as a deletion marker or an event of another program. */
export function fromServer(event: ServerEvent, stream: StreamName, incarnation: string): RecordedEvent | null {
  if (event.type.startsWith('$') || !event.isJson || event.position === undefined || !isOurs(event.metadata)) return null;
  const { v, at, recordedAt, eventId = event.id, $correlationId, $causationId, ...metadata } = event.metadata;
  return {
    id: eventId,
    type: event.type,
    v,
    at,
    recordedAt,
    data: event.data,
    metadata: { ...metadata, correlationId: $correlationId, ...($causationId !== undefined && { causationId: $causationId }) },
    stream,
    revision: Number(event.revision),
    position: positionOf(incarnation, placeOfEvent(event.position.commit, event.id)),
  };
}

function metadataOf({ id, v, at, recordedAt, metadata: { correlationId, causationId, ...metadata } }: NewEvent): ServerMetadata {
  return {
    v,
    at,
    recordedAt,
    ...(uuidOf(id) !== id && { eventId: id }),
    ...metadata,
    $correlationId: correlationId,
    ...(causationId !== undefined && { $causationId: causationId }),
  };
}

const isOurs = (metadata: unknown): metadata is ServerMetadata =>
  typeof metadata === 'object' && metadata !== null && 'v' in metadata && 'recordedAt' in metadata && '$correlationId' in metadata;

/** The server takes UUIDs only. Any other id is hashed, so that it always gives the same UUID. */
function uuidOf(id: string): string {
  if (UUID.test(id) && id !== NIL_UUID) return id;
  const hex = hash('sha256', id, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
