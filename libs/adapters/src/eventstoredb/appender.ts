import { performance } from 'node:perf_hooks';
import { type EventData, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { Semaphore } from './semaphore.js';

/** Far below the hundred calls of a connection, which reads and the tail share. */
const IN_FLIGHT_MAX = 32;
const WAITING_MAX = 10_000;

type Appended =
  /** `place` is null where the server found the events written already and does not say where. */
  | { readonly outcome: 'appended'; readonly revision: number; readonly place: bigint | null }
  | { readonly outcome: 'conflict'; readonly actual: number | null };

/**
 * Appends at one exact revision only. While it is unknown whether the events were written, the same ids are sent again with the same
 * revision: the server then answers as the first time, and never writes them twice.
 */
export class Appender {
  readonly #semaphore = new Semaphore(IN_FLIGHT_MAX, WAITING_MAX);

  constructor(private readonly connection: Connection) {}

  /** `expected` is -1 for a stream that must not exist. Throws the server's `StreamDeletedError` where the stream was ended for ever. */
  async append(stream: string, expected: number, events: EventData[]): Promise<Appended> {
    const untilMs = this.connection.patienceEndsMs();
    await this.#semaphore.acquire(untilMs - performance.now());
    try {
      const expectedRevision = expected === -1 ? NO_STREAM : BigInt(expected);
      return await this.connection.attempt(
        async ({ client, timeoutMs }) => {
          const { nextExpectedRevision, position } = await client.appendToStream(stream, events, {
            ...this.connection.caller,
            expectedRevision,
            deadline: timeoutMs,
          });
          return { outcome: 'appended' as const, revision: Number(nextExpectedRevision), place: position?.commit ?? null };
        },
        { untilMs },
      );
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      return {
        outcome: 'conflict',
        actual: typeof error.actualVersion === 'bigint' && error.actualVersion >= 0n ? Number(error.actualVersion) : null,
      };
    } finally {
      this.#semaphore.release();
    }
  }
}
