import { BACKWARDS, END, FORWARDS, START, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { collect } from './collect.js';
import type { Connection } from './connection.js';
import { isStreamNotFound } from './failure.js';
import { Gate } from './gate.js';

/** With the appends and the tail, fewer than the hundred calls of a connection: what waits there uses up its time. */
const IN_FLIGHT_MAX = 32;
const WAITING_MAX = 20_000;

/** Bounded reads of single streams and of all of them, each with a time of its own. */
export class LogReader {
  readonly #gate = new Gate(IN_FLIGHT_MAX, WAITING_MAX);
  /** Reads of streams that have not begun: whoever wants the same meanwhile shares the answer, which is none the older for it. */
  readonly #upcoming = new Map<string, Promise<readonly ServerEvent[]>>();

  constructor(
    private readonly connection: Connection,
    private readonly timeoutMs: number,
  ) {}

  /** A stream's events from a revision on; none where there is no such stream. */
  stream(name: string, from: number, count: number): Promise<readonly ServerEvent[]> {
    const question = `${name} ${from} ${count}`;
    const upcoming = this.#upcoming.get(question) ?? this.#read(question, name, from, count);
    this.#upcoming.set(question, upcoming);
    return upcoming;
  }

  /**
   * Events of all streams from a place on, the one that stands there included. Read so, nothing is ever passed over, even where the
   * event of that place was scavenged since; a subscription of this version of the server would skip the next one.
   */
  async from(place: bigint, count: number, signal: AbortSignal): Promise<readonly ServerEvent[]> {
    const { credentials } = this.connection;
    const fromPosition = place === 0n ? START : { commit: place, prepare: place };
    return recordedOf(await this.connection.attempt((client) => collect(client.readAll({ direction: FORWARDS, fromPosition, maxCount: count, credentials }), this.timeoutMs, signal), signal));
  }

  /** The last events of all streams before a place, or before the end, the newest first. */
  async before(place: bigint | null, count: number): Promise<readonly ServerEvent[]> {
    const { credentials, closing } = this.connection;
    const fromPosition = place === null ? END : { commit: place, prepare: place };
    return recordedOf(await this.connection.attempt((client) => collect(client.readAll({ direction: BACKWARDS, fromPosition, maxCount: count, credentials }), this.timeoutMs, closing)));
  }

  async #read(question: string, name: string, from: number, count: number): Promise<readonly ServerEvent[]> {
    await this.#gate.enter().finally(() => this.#upcoming.delete(question));
    const { credentials, closing } = this.connection;
    try {
      const events = await this.connection.attempt(async (client) => {
        try {
          return await collect(client.readStream(name, { fromRevision: BigInt(from), maxCount: count, credentials }), this.timeoutMs, closing);
        } catch (error) {
          if (isStreamNotFound(error)) return [];
          throw error;
        }
      });
      return recordedOf(events);
    } finally {
      this.#gate.leave();
    }
  }
}

const recordedOf = (resolved: readonly { readonly event?: ServerEvent }[]): readonly ServerEvent[] => resolved.flatMap(({ event }) => (event ? [event] : []));
