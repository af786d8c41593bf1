import type { Failure, Fault } from './faults.js';

export interface EventStoreDbDoubleOptions {
  /** Any free one when absent. */
  readonly port?: number;
  /** Events that may wait for a live subscriber before it is dropped for being slow: 64 when absent. */
  readonly liveBuffer?: number;
}

/**
 * EventStoreDB 23.10 as far as its protocol shows it to one client: appends with the whole table of what counts as a retry, reads,
 * subscriptions to `$all`, deletion. In memory; without users, TLS, clusters, projections and persistent subscriptions.
 */
export interface EventStoreDbDouble {
  readonly connectionString: string;
  readonly port: number;
  /** Reads and subscriptions that clients hold open. */
  readonly openCalls: number;
  readonly openSubscriptions: number;
  /** Events of `$all`, the server's own included. */
  readonly eventCount: number;
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Ends every open subscription, by a failure or by a clean `end`. */
  dropSubscriptions(failure: Failure): void;
  /** Removes the bytes of a deleted stream's events. */
  scavenge(stream: string): void;
  /** Forgets the last events, as restoring an older backup does; their positions are used again. */
  rewind(events: number): void;
  /** Breaks off every call; until `start` nobody answers. What was written stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}
