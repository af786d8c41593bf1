import { performance } from 'node:perf_hooks';
import { BACKWARDS, END, FORWARDS, START, type ReadPosition, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { collect } from './collect.js';
import type { Attempt, AttemptOptions, Connection } from './connection.js';
import { isStreamNotFound } from './failure.js';
import { Semaphore } from './semaphore.js';

/** With the appends and the tail, fewer than the hundred calls of a connection: beyond them, calls wait until their time is over. */
const IN_FLIGHT_MAX = 32;
const WAITING_MAX = 20_000;

type Direction = typeof FORWARDS | typeof BACKWARDS;

/** A stream's events; null where there is no such stream to read. */
export type StreamAnswer = readonly ServerEvent[] | null;

/** Bounded reads of single streams and of all of them, each with a time of its own. Their answers are complete. */
export class LogReader {
  readonly #semaphore = new Semaphore(IN_FLIGHT_MAX, WAITING_MAX);
  /** Reads of streams that have not begun: callers that ask the same meanwhile share the answer, which is still newer than their call. */
  readonly #upcoming = new Map<string, Promise<StreamAnswer>>();

  constructor(private readonly connection: Connection) {}

  /** A stream's events from a revision on, at least one asked for. Throws the server's `StreamDeletedError` where it was ended for ever. */
  stream(name: string, from: number, count: number, untilMs = this.connection.patienceEndsMs()): Promise<StreamAnswer> {
    const question = `${name} ${from} ${count}`;
    const upcoming = this.#upcoming.get(question) ?? this.#read(question, name, from, count, untilMs);
    this.#upcoming.set(question, upcoming);
    return upcoming;
  }

  /** The last event of a stream; null where there is none. */
  async lastOf(name: string, options: Pick<AttemptOptions, 'untilMs'> = {}): Promise<ServerEvent | null> {
    const events = await this.connection.attempt((attempt) => this.#streamBy(attempt, name, END, BACKWARDS, 1), options);
    return events?.at(-1) ?? null;
  }

  /**
   * Events of all streams from a place on, including the one at the place. A read skips nothing, even where the event at the place was
   * scavenged since; a subscription of this version of the server would skip the next one.
   */
  from(place: bigint, count: number, options: Pick<AttemptOptions, 'signal' | 'unknownIsAnswer'> = {}): Promise<readonly ServerEvent[]> {
    return this.#all(place === 0n ? START : { commit: place, prepare: place }, FORWARDS, count, options);
  }

  /** The last events of all streams before a place, or before the end, the newest first. */
  before(place: bigint | null, count: number): Promise<readonly ServerEvent[]> {
    return this.#all(place === null ? END : { commit: place, prepare: place }, BACKWARDS, count, {});
  }

  async #all(fromPosition: ReadPosition, direction: Direction, count: number, options: AttemptOptions): Promise<readonly ServerEvent[]> {
    const { caller, closing } = this.connection;
    const signal = options.signal ?? closing;
    const answer = await this.connection.attempt(
      ({ client, timeoutMs, retired }) =>
        collect(client.readAll({ ...caller, direction, fromPosition, maxCount: count }), { timeoutMs, retired, signal }),
      options,
    );
    return recordedOf(answer);
  }

  async #read(question: string, name: string, from: number, count: number, untilMs: number): Promise<StreamAnswer> {
    await this.#semaphore.acquire(untilMs - performance.now()).finally(() => this.#upcoming.delete(question));
    try {
      return await this.connection.attempt((attempt) => this.#streamBy(attempt, name, BigInt(from), FORWARDS, count), { untilMs });
    } finally {
      this.#semaphore.release();
    }
  }

  async #streamBy(
    { client, timeoutMs, retired }: Attempt,
    name: string,
    fromRevision: bigint | typeof END,
    direction: Direction,
    maxCount: number,
  ): Promise<StreamAnswer> {
    const { caller, closing } = this.connection;
    try {
      return recordedOf(
        await collect(client.readStream(name, { ...caller, fromRevision, direction, maxCount }), { timeoutMs, retired, signal: closing }),
      );
    } catch (error) {
      if (isStreamNotFound(error)) return null;
      throw error;
    }
  }
}

const recordedOf = (resolved: readonly { readonly event?: ServerEvent }[]): readonly ServerEvent[] =>
  resolved.flatMap(({ event }) => (event ? [event] : []));
