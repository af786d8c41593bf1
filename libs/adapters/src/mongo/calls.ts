import { Unavailable } from '@onedoor/engine';
import type { OutageMonitor } from '../shared/outage-monitor.js';
import { type RetryOptions, withRetries } from './retry.js';

/** Repetitions of a read whose connection broke; the driver looks for a primary before each. */
const READ_AGAIN_MAX = 2;

/**
 * The calls over one connection. An answer is complete, or the call fails: with `Unavailable` where MongoDB cannot answer now, and
 * where this connection is closed meanwhile. A driver that is closed ends open cursors, and what they had read until then would
 * look like the whole result; so `close` fails every call under way before the driver is closed.
 */
export class Calls {
  readonly #pending = new Set<(reason: Error) => void>();
  #isClosed = false;

  constructor(private readonly monitor: OutageMonitor) {}

  /** A read changes nothing: where its connection breaks, it is repeated from its beginning. */
  read<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return this.#call(ask, READ_AGAIN_MAX);
  }

  /** A write is repeated only where nothing was done, besides the driver's one retry, which a server recognizes by its number. */
  write<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return this.#call(ask, 0);
  }

  /** Fails every call that is under way, and every later one. */
  close(): void {
    this.#isClosed = true;
    for (const fail of this.#pending) fail(closed());
    this.#pending.clear();
  }

  #call<Answer>(ask: () => Promise<Answer>, againMax: number): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(closed());
    const call = this.monitor.call();
    return new Promise((resolve, reject) => {
      const fail = (reason: Error): void => {
        call.gaveUp();
        reject(reason);
      };
      const hasFailed = (): boolean => !this.#pending.delete(fail);
      this.#pending.add(fail);
      const options: RetryOptions = {
        againMax,
        isOver: () => this.#isClosed,
        onFailure: (reason) => this.#isClosed || call.failed(reason),
      };
      withRetries(ask, options).then(
        (answer) => {
          if (hasFailed()) return;
          call.succeeded();
          resolve(answer);
        },
        (error: unknown) => {
          if (hasFailed()) return;
          // A server that refuses has answered.
          if (error instanceof Unavailable) call.gaveUp();
          else call.succeeded();
          reject(error);
        },
      );
    });
  }
}

const closed = (): Unavailable => new Unavailable('The connection to MongoDB was closed by this process');
