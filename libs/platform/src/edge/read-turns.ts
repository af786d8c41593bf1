import { AsyncResource } from 'node:async_hooks';

/** What a read came by. */
interface Connection {
  readonly destroyed: boolean;
  destroy(): unknown;
}

/** Reads that one connection may have waiting. A client that asks on without taking answers is broken off. */
const WAITING_MOST = 64;

/**
 * One read is begun in each turn of the event loop, and connections take turns: a read may do all its work at once, and a client that sends
 * two hundred of them in one piece would keep everyone else from being heard until the last of them was answered.
 */
export class ReadTurns {
  /** By connection, in the order of their turns. */
  readonly #waiting = new Map<Connection, (() => void)[]>();
  #isTaken = false;

  /** `nextTurn` calls back in the next turn of the event loop, once what came in meanwhile was read. */
  constructor(private readonly nextTurn: (call: () => void) => unknown = setImmediate) {}

  /** Calls `begin` now, or when the connection has its turn; never where it was broken off before. */
  take(connection: Connection, begin: () => void): void {
    if (!this.#isTaken) {
      this.#begin(begin);
      return;
    }
    const waiting = this.#waiting.get(connection) ?? [];
    if (waiting.length >= WAITING_MOST) {
      this.#waiting.delete(connection);
      connection.destroy();
      return;
    }
    // What belongs to the request, such as its trace, goes with it.
    waiting.push(AsyncResource.bind(begin));
    this.#waiting.set(connection, waiting);
  }

  #begin(begin: () => void): void {
    this.#isTaken = true;
    this.nextTurn(() => this.#next());
    begin();
  }

  #next(): void {
    this.#isTaken = false;
    for (const [connection, [begin, ...others]] of this.#waiting) {
      this.#waiting.delete(connection);
      if (begin === undefined || connection.destroyed) continue;
      if (others.length > 0) this.#waiting.set(connection, others);
      this.#begin(begin);
      return;
    }
  }
}
