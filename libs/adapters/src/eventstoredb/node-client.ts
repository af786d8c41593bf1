import type { Channel } from '@grpc/grpc-js';
import { EventStoreDBClient } from '@eventstore/db-client';
import { type Address, basicOf } from './address.js';

/**
 * The client of one node, over a channel that its owner opened and closes. By itself the client would look for nodes, stay with a
 * follower, offer TLS an address as a name, and leave a replaced connection open; over a channel of ours it does none of it.
 */
export class NodeClient extends EventStoreDBClient {
  constructor(channel: Channel, { isSecure, credentials, options: { connectionName } }: Address) {
    // Told that it has TLS, each client would parse every authority of the system, for a channel that it never opens.
    super({ endpoint: channel.getTarget(), ...(connectionName !== undefined && { connectionName }) }, { insecure: true });
    this.getChannel = () => Promise.resolve(channel);
    const { callArguments } = this;
    this.callArguments = (...asked) => {
      const [metadata, options] = callArguments(...asked);
      if (isSecure) metadata.set('authorization', basicOf(credentials));
      return [metadata, options];
    };
  }
}
