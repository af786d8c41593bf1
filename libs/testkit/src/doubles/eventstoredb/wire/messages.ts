import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { shared, streams } from './wire.js';

const UUID_FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
/** .NET counts time in units of 100 ns; the client converts back. */
const TICKS_PER_MILLISECOND = 10_000n;

/** An event as a client proposes it. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** The place of an event in its stream and in `$all`. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: number;
  readonly createdMs: number;
}

/** The id in lower case; null where the server rejects it as no id. */
export function idOf(uuid: UUID | undefined): string | null {
  const id = uuid?.getString().toLowerCase() ?? '';
  return UUID_FORM.test(id) && id !== NIL_UUID ? id : null;
}

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export function identifierOf(stream: string): StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
}

export function uuidOf(id: string): UUID {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
}

export const ticksOf = (ms: number): string => String(BigInt(ms) * TICKS_PER_MILLISECOND);

/** The response that carries one event. */
export function encodeEvent(
  { id, type, contentType, data, metadata }: ProposedEvent,
  { stream, revision, position, createdMs }: EventPlace,
): Buffer {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidOf(id));
  recorded.setStreamIdentifier(identifierOf(stream));
  recorded.setStreamRevision(String(revision));
  recorded.setPreparePosition(String(position));
  recorded.setCommitPosition(String(position));
  recorded.getMetadataMap().set('type', type).set('content-type', contentType).set('created', ticksOf(createdMs));
  recorded.setData(data);
  recorded.setCustomMetadata(metadata);
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(position));
  return encode((response) => response.setEvent(event));
}

/** The inverse of `encodeEvent`. */
export function decodeEvent(encoded: Buffer): { readonly event: ProposedEvent; readonly place: EventPlace } {
  const recorded = streams.ReadResp.deserializeBinary(encoded).getEvent()?.getEvent();
  if (!recorded) throw new Error('The bytes hold no event');
  const properties = recorded.getMetadataMap();
  return {
    event: {
      id: recorded.getId()?.getString() ?? '',
      type: properties.get('type') ?? '',
      contentType: properties.get('content-type') ?? '',
      data: recorded.getData_asU8(),
      metadata: recorded.getCustomMetadata_asU8(),
    },
    place: {
      stream: nameOf(recorded.getStreamIdentifier()),
      revision: BigInt(recorded.getStreamRevision()),
      position: Number(recorded.getCommitPosition()),
      createdMs: Number(BigInt(properties.get('created') ?? 0) / TICKS_PER_MILLISECOND),
    },
  };
}

export function encodeConfirmation(subscriptionId: string): Buffer {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(subscriptionId);
  return encode((response) => response.setConfirmation(confirmation));
}

export const encodeCaughtUp = (): Buffer => encode((response) => response.setCaughtUp(new streams.ReadResp.CaughtUp()));

/** `prepare` is 0 for a checkpoint that names no event. */
export function encodeCheckpoint(commit: number, prepare: number): Buffer {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(commit));
  checkpoint.setPreparePosition(String(prepare));
  return encode((response) => response.setCheckpoint(checkpoint));
}

export function encodeStreamNotFound(stream: string): Buffer {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifierOf(stream));
  return encode((response) => response.setStreamNotFound(notFound));
}

function encode(fill: (response: ReadResp) => void): Buffer {
  const response = new streams.ReadResp();
  fill(response);
  return Buffer.from(response.serializeBinary());
}
