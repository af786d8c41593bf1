import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Map as ProtobufMap } from 'google-protobuf';
import { idOf } from '../wire/messages.js';
import type { ProposedEvent } from '../wire/messages.js';

/** The server's default limit of the data of one append, in bytes. */
export const APPEND_BYTES_MAX = 1024 * 1024;

/** The common form of the event messages of `Append` and `BatchAppend`. */
export interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): ProtobufMap<string, string>;
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export type Refusal = 'bad-request' | 'too-large';

/** The events of one append, or why the server refuses them before it looks at the stream. */
export function proposalOf(messages: readonly ProposedMessage[]): readonly ProposedEvent[] | Refusal {
  const events = messages.map((message) => ({
    id: idOf(message.getId()) ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }));
  if (events.some(({ id, type, contentType }) => id === '' || type === '' || contentType === '')) return 'bad-request';
  // This version counts the data only; later ones count metadata and types too.
  if (events.reduce((sum, { data }) => sum + data.length, 0) > APPEND_BYTES_MAX) return 'too-large';
  return events;
}
