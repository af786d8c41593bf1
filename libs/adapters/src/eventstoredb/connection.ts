import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { type Alarm, Unavailable } from '@onedoor/engine';
import { pause } from '../shared/pause.js';
import type { Address } from './address.js';
import { isTransient, isUndiscovered, isUnknown, nameOf } from './failure.js';

/** About six seconds in all: an election of a new leader is over by then. */
const ATTEMPTS = 8;
/** An error without a name hardly ever goes away by itself. */
const UNKNOWN_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** Failures in a row after which the client itself is doubted. */
const DOUBTED_AFTER = 3;

/** The one client of a process, replaced when it no longer gets anywhere. */
export class Connection {
  #client: EventStoreDBClient;
  #failuresInARow = 0;
  readonly #closing = new AbortController();

  constructor(
    private readonly address: Address,
    private readonly alarm: Alarm,
  ) {
    this.#client = this.#connect();
  }

  get credentials(): Credentials {
    return this.address.credentials;
  }

  get client(): EventStoreDBClient {
    return this.#client;
  }

  /** Fires when the connection is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Does what may be done twice, again and again while the server cannot answer. Throws `Unavailable` in the end, with the last
   * failure as its cause; any other error at once.
   */
  async attempt<Result>(action: (client: EventStoreDBClient) => Promise<Result>, signal: AbortSignal = this.closing): Promise<Result> {
    for (let attempt = 1, pauseMs = FIRST_PAUSE_MS; ; attempt++, pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      if (this.closing.aborted) throw new Unavailable('The connection to EventStoreDB is closed');
      const client = this.#client;
      try {
        const result = await action(client);
        this.#failuresInARow = 0;
        return result;
      } catch (error) {
        if (!isTransient(error)) throw error;
        this.doubt(client, error);
        const isLast = attempt === ATTEMPTS || (isUnknown(error) && attempt >= UNKNOWN_ATTEMPTS);
        if (isLast || signal.aborted) throw new Unavailable(`EventStoreDB does not answer (${nameOf(error)})`, { cause: error });
      }
      await pause(pauseMs, signal);
    }
  }

  /** Notes a failure; after some in a row the next call has a new client. */
  doubt(client: EventStoreDBClient, error: unknown): void {
    if (client !== this.#client || this.closing.aborted) return;
    this.#failuresInARow += 1;
    if (this.#failuresInARow < DOUBTED_AFTER && !isUndiscovered(error)) return;
    this.#failuresInARow = 0;
    this.alarm('EventStoreDB does not answer: connecting anew', { reason: nameOf(error) });
    this.#client = this.#connect();
    void client.dispose();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client.dispose();
  }

  #connect(): EventStoreDBClient {
    return EventStoreDBClient.connectionString(this.address.connectionString);
  }
}
