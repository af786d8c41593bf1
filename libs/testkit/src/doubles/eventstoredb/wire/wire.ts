import { createRequire } from 'node:module';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as ServerFeatures from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '@eventstore/db-client/generated/status_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as ProtobufAny from 'google-protobuf/google/protobuf/any_pb.js';
import type * as ProtobufEmpty from 'google-protobuf/google/protobuf/empty_pb.js';

// The client package ships the protocol's stubs for both sides, as CommonJS without types for its services. They are loaded from the
// client's location, so that both sides use the same classes: serialization checks by `instanceof`.
const load = createRequire(createRequire(import.meta.url).resolve('@eventstore/db-client'));

export const streams = load('../generated/streams_pb.js') as typeof Streams;
export const shared = load('../generated/shared_pb.js') as typeof Shared;
export const status = load('../generated/status_pb.js') as typeof Status;
export const gossip = load('../generated/gossip_pb.js') as typeof Gossip;
export const serverFeatures = load('../generated/serverfeatures_pb.js') as typeof ServerFeatures;
export const { Any } = load('google-protobuf/google/protobuf/any_pb.js') as typeof ProtobufAny;
export const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js') as typeof ProtobufEmpty;

const { StreamsService } = load('../generated/streams_grpc_pb.js') as {
  readonly StreamsService: Record<'read' | 'append' | 'batchAppend' | 'delete' | 'tombstone', ServiceDefinition[string]>;
};

export const { ServerFeaturesService } = load('../generated/serverfeatures_grpc_pb.js') as {
  readonly ServerFeaturesService: ServiceDefinition;
};

export const { GossipService } = load('../generated/gossip_grpc_pb.js') as { readonly GossipService: ServiceDefinition };

/** The response of a read is encoded once, when the event is written, and sent to every reader unchanged. */
export const STREAMS_SERVICE: ServiceDefinition = {
  ...StreamsService,
  read: { ...StreamsService.read, responseSerialize: (encoded: Buffer) => encoded },
};
