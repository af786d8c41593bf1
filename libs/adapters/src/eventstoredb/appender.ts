import { type EventData, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { Unavailable } from '@onedoor/engine';
import type { Connection } from './connection.js';

/** Far below the hundred calls of a connection, which reads and the tail share. */
const IN_FLIGHT_MAX = 32;
const WAITING_MAX = 10_000;

export type Appended =
  /** `place` is null where the server found the events written already and does not say where. */
  | { readonly outcome: 'appended'; readonly revision: number; readonly place: bigint | null }
  | { readonly outcome: 'conflict'; readonly actual: number | null };

/**
 * Appends at one exact revision only. Whenever it is in doubt whether the events were written, the same ids are sent again with the
 * same revision: the server then answers as the first time, and never writes them twice.
 */
export class Appender {
  #inFlight = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly connection: Connection,
    private readonly deadlineMs: number,
  ) {}

  /** `expected` is -1 for a stream that must not exist. */
  async append(stream: string, expected: number, events: EventData[]): Promise<Appended> {
    await this.#enter();
    try {
      return await this.connection.attempt(async (client) => {
        const { credentials } = this.connection;
        const expectedRevision = expected === -1 ? NO_STREAM : BigInt(expected);
        const { nextExpectedRevision, position } = await client.appendToStream(stream, events, { expectedRevision, credentials, deadline: this.deadlineMs });
        return { outcome: 'appended' as const, revision: Number(nextExpectedRevision), place: position?.commit ?? null };
      });
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      return { outcome: 'conflict', actual: typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : null };
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#inFlight >= IN_FLIGHT_MAX) {
      if (this.#waiting.length >= WAITING_MAX) throw new Unavailable(`${WAITING_MAX} appends to EventStoreDB are waiting already`);
      // The place is handed over by whoever leaves, so that nobody slips in between.
      return new Promise((resolve) => this.#waiting.push(resolve));
    }
    this.#inFlight += 1;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inFlight -= 1;
  }
}
