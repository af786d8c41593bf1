import { type Channel } from '@grpc/grpc-js';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Address } from './address.js';

/**
 * The client of one node, over a channel that its owner opened and closes. By itself the client would look for nodes, stay with a
 * follower, offer TLS an address as a name, and leave a replaced connection open; over a channel of ours it does none of it.
 */
export class NodeClient extends EventStoreDBClient {
  constructor(channel: Channel, { isSecure, options: { connectionName } }: Address) {
    super({ endpoint: channel.getTarget(), ...(connectionName !== undefined && { connectionName }) }, { insecure: !isSecure });
    this.getChannel = () => Promise.resolve(channel);
  }
}
