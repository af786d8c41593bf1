import type { Alarm, Dependency, EventStore } from '@onedoor/engine';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=…`; several hosts, or `esdb+discover://`, for a cluster. */
  readonly connectionString: string;
  /** Instead of those in the connection string. */
  readonly username?: string;
  readonly password?: string;
  /** Set apart the streams of cities that share a server: lower-case letters, digits and underscores. */
  readonly namespace?: string;
  /** How long one attempt of an append or a read may take: as the connection string's defaultDeadline says, else five seconds. */
  readonly deadlineMs?: number;
  /** Called twice for each outage: that it began, with its reason, and that it is over. */
  readonly alarm?: Alarm;
  /** `read` opens a log that is there already with an account that may not append, as an auditor's. */
  readonly access?: 'write' | 'read';
}

export interface EventStoreDbLog {
  readonly store: EventStore;
  /** Identifies this log: every position begins with it. */
  readonly incarnation: string;
  /** Whether the server answers. */
  readonly dependency: Dependency;
  /** Ends subscriptions and the calls that are under way. */
  close(): Promise<void>;
}
