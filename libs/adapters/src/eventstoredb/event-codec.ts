import { hash } from 'node:crypto';
import type { JSONEventData, JSONType, RecordedEvent as ServerEvent } from '@eventstore/db-client';
import type { EventMetadata, NewEvent, RecordedEvent, StreamName } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { digestOf, proofOf } from '../shared/digest.js';
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
  /** Shows whether the event is as it was written, and behind which one. Releases before wrote none. */
  readonly proof?: string;
};

/** Where events are appended. */
interface Place {
  readonly stream: StreamName;
  /** The revision of the first of them. */
  readonly revision: number;
  /** The proof of the event before; empty where there is none. */
  readonly before: string;
}

/**
 * The events of one append as the client takes them. Events that cannot be written as JSON, or are too large, fail here: inside
 * the client they would end the process, or never be answered.
 */
export function toServer(events: readonly NewEvent[], { stream, revision, before }: Place): (JSONEventData & Proven)[] {
  let proof = before;
  const written = events.map((event, index) => {
    const parts = { id: uuidOf(event.id), type: event.type, data: (event.data ?? null) as JSONType };
    const metadata = metadataOf(event);
    proof = proofOf(proof, digestOfParts(stream, revision + index, { ...parts, metadata }));
    return { ...parts, contentType: 'application/json' as const, metadata: { ...metadata, proof } };
  });
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
  const { v, at, recordedAt, eventId = event.id, $correlationId, $causationId, proof: _proof, ...metadata } = event.metadata;
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

interface Proven {
  readonly metadata: { readonly proof: string };
}

/** The proof that an event was written with; empty where it has none, or there is no event. */
export function proofIn(event: ServerEvent | undefined): string {
  return event !== undefined && isOurs(event.metadata) ? (event.metadata.proof ?? '') : '';
}

/** The digest of an event as the server returns it. */
export function digestIn(event: ServerEvent, stream: StreamName): string {
  const { proof: _proof, ...metadata } = event.metadata as ServerMetadata;
  const { id, type, data } = event as { readonly id: string; readonly type: string; readonly data: unknown };
  return digestOfParts(stream, Number(event.revision), { id, type, data, metadata });
}

interface Parts {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** JSON keeps the order of members, so what was written and what is read back have one text. */
const digestOfParts = (stream: StreamName, revision: number, { id, type, data, metadata }: Parts): string =>
  digestOf(`${stream}\n${revision}\n${id}\n${type}\n${JSON.stringify(data)}\n${JSON.stringify(metadata)}`);

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
