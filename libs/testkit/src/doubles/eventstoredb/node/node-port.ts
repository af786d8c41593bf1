import { createServer, type Server, type Socket } from 'node:net';
import { WireGate } from './wire-gate.js';

/** The port of one node and the connections that came through it. They outlive the port where the node is stopping. */
export class NodePort {
  readonly #gates = new Set<WireGate>();
  #server: Server | null = null;
  #isHeld = false;
  #onEmpty: () => void = () => undefined;

  constructor(private readonly onConnection: (gate: WireGate) => void) {}

  /** Listens on this machine only. Answers the number, a free one where `port` is 0. Rejects when the port is taken. */
  async open(port: number): Promise<number> {
    const server = createServer({ pauseOnConnect: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    this.#server = server;
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Refuses further connections; those that stand go on. */
  close(): void {
    this.#server?.close();
    this.#server = null;
  }

  /** Ends every connection at once, as the end of the process does. */
  cut(): void {
    for (const gate of this.#gates) gate.destroy();
    this.#isHeld = false;
  }

  /** From now on nothing is taken from or given to any connection, also not to new ones, which are still accepted. */
  hold(): void {
    this.#isHeld = true;
    for (const gate of this.#gates) gate.hold();
  }

  release(): void {
    this.#isHeld = false;
    for (const gate of this.#gates) gate.release();
  }

  /** Resolves when no connection is left, at the latest after so many milliseconds. */
  async drained(withinMs: number): Promise<void> {
    if (this.#gates.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #accept(socket: Socket): void {
    const gate = new WireGate(socket);
    if (this.#isHeld) gate.hold();
    this.#gates.add(gate);
    gate.once('close', () => {
      this.#gates.delete(gate);
      if (this.#gates.size === 0) this.#onEmpty();
    });
    this.onConnection(gate);
  }
}
