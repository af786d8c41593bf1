import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Channel } from '@grpc/grpc-js';
import { type Address, basicOf, type Endpoint } from './address.js';
import type { ChannelFactory, OpenChannel } from './channel-factory.js';
import { BrokenOff } from './failure.js';

/**
 * The connection to one node, with its client. Once it is retired no call begins on it, its reads fail, and it is closed when the
 * last call on it is over: a client that is disposed before would end every read as if it were complete.
 */
export class NodeConnection {
  readonly client: NodeClient;
  readonly #channel: OpenChannel;
  readonly #retiring = new AbortController();
  #calls = 0;

  constructor(
    readonly endpoint: Endpoint,
    channels: ChannelFactory,
    address: Address,
  ) {
    this.#channel = channels.open(endpoint);
    this.client = new NodeClient(this.#channel.channel, address);
    // Each call adds a listener.
    setMaxListeners(0, this.#retiring.signal);
  }

  /** Fires when it is retired. */
  get retired(): AbortSignal {
    return this.#retiring.signal;
  }

  /**
   * Keeps the connection open for as long as the call takes. Throws `BrokenOff` once it is retired: over a channel that is closed the
   * client throws where no caller can catch it, and its call never ends.
   */
  async use<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.retired.aborted) throw new BrokenOff('The connection was replaced before the call began');
    this.#calls += 1;
    try {
      return await call();
    } finally {
      this.#calls -= 1;
      this.#closeIfOver();
    }
  }

  retire(): void {
    this.#retiring.abort();
    this.#closeIfOver();
  }

  /** Retires it and closes it at once, with the calls that are under way. */
  async close(): Promise<void> {
    this.#retiring.abort();
    // Calls that began a moment ago have not reached the channel yet, and must not find it closed.
    await nextTurn();
    await this.client.dispose();
    this.#channel.close();
  }

  #closeIfOver(): void {
    if (this.#calls > 0 || !this.retired.aborted) return;
    void this.client.dispose().then(() => this.#channel.close());
  }
}

/**
 * The client of one node, over a channel that its owner opens and closes. With a channel of its own the client would discover nodes
 * itself, stay with a follower, use an IP address as the TLS server name, and leave a replaced connection open.
 */
export class NodeClient extends EventStoreDBClient {
  constructor(channel: Channel, { isSecure, credentials, options: { connectionName } }: Address) {
    // With TLS each client would parse every certificate authority of the system, for a channel that it never opens.
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
