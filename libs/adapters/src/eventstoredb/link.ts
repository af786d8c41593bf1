import { setMaxListeners } from 'node:events';
import { setImmediate as breath } from 'node:timers/promises';
import type { Address, Endpoint } from './address.js';
import type { Channels, OpenChannel } from './channels.js';
import { BrokenOff } from './failure.js';
import { NodeClient } from './node-client.js';

/**
 * The connection to one node, with its client. Once it is retired no call begins on it, its reads give up what they have, and it is
 * closed when the last call on it is over: a client that is disposed before ends every read as if it were complete.
 */
export class Link {
  readonly client: NodeClient;
  readonly #channel: OpenChannel;
  readonly #retiring = new AbortController();
  #calls = 0;

  constructor(
    readonly endpoint: Endpoint,
    channels: Channels,
    address: Address,
  ) {
    this.#channel = channels.open(endpoint);
    this.client = new NodeClient(this.#channel.channel, address);
    // As many listeners as there are calls on it.
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

  /** Retires it and closes it at once, with whatever is under way. */
  async close(): Promise<void> {
    this.#retiring.abort();
    // Calls that began a moment ago have not reached the channel yet, and must not find it closed.
    await breath();
    await this.client.dispose();
    this.#channel.close();
  }

  #closeIfOver(): void {
    if (this.#calls > 0 || !this.retired.aborted) return;
    void this.client.dispose().then(() => this.#channel.close());
  }
}
