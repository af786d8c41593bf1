import { createServer, type Server, type Socket } from 'node:net';
import { PausableConnection } from './pausable-connection.js';

/** The listening port of one node and its connections, which outlive the port while the node is stopping. */
export class NodePort {
  readonly #connections = new Set<PausableConnection>();
  #server: Server | null = null;
  #isHeld = false;
  #onEmpty: () => void = () => undefined;

  constructor(private readonly onConnection: (connection: PausableConnection) => void) {}

  /** Listens on 127.0.0.1; returns the port, a free one where `port` is 0. Rejects where the port is taken. */
  async open(port: number): Promise<number> {
    const server = createServer({ pauseOnConnect: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.#server = server;
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Refuses further connections; open ones go on. */
  close(): void {
    this.#server?.close();
    this.#server = null;
  }

  /** Destroys every connection, like the end of a process. */
  destroyConnections(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#isHeld = false;
  }

  /** Stops reading from and writing to all connections, including new ones, which are still accepted. */
  hold(): void {
    this.#isHeld = true;
    for (const connection of this.#connections) connection.hold();
  }

  release(): void {
    this.#isHeld = false;
    for (const connection of this.#connections) connection.release();
  }

  /** Resolves when no connection is left, or after `withinMs`. */
  async drained(withinMs: number): Promise<void> {
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #accept(socket: Socket): void {
    const connection = new PausableConnection(socket);
    if (this.#isHeld) connection.hold();
    this.#connections.add(connection);
    connection.once('close', () => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.#onEmpty();
    });
    this.onConnection(connection);
  }
}
