import type { sendUnaryData } from '@grpc/grpc-js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { serverFeatures } from '../wire/wire.js';

const METHODS = ['read', 'append', 'batchappend', 'delete', 'tombstone'];

/** What a client asks before its first append: whether it may send many over one call. */
export function featuresCall(answer: sendUnaryData<SupportedMethods>): void {
  const supported = new serverFeatures.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.8-double');
  for (const name of METHODS) {
    const method = new serverFeatures.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    supported.addMethods(method);
  }
  answer(null, supported);
}
