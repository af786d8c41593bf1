import type { Alarm, EventStore } from '@onedoor/engine';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=…`; several hosts, or `esdb+discover://`, for a cluster. */
  readonly connectionString: string;
  /** Instead of those in the connection string. */
  readonly username?: string;
  readonly password?: string;
  /** Set apart the streams of cities that share a server: lower-case letters, digits and underscores. */
  readonly namespace?: string;
  /** How long one attempt of an append or a read may take; five seconds when absent. */
  readonly deadlineMs?: number;
  /** Told when a client got nowhere and was replaced. */
  readonly alarm?: Alarm;
}

export interface EventStoreDbLog {
  readonly store: EventStore;
  /** Names this very log: every position begins with it. */
  readonly incarnation: string;
  /** Ends subscriptions and whatever is under way. */
  close(): Promise<void>;
}
