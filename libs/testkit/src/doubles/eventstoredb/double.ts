import type { Failure, Fault } from './calls/faults.js';
import type { TlsOptions } from './tls/tls-files.js';

/** What one double and a cluster of them have in common. */
export interface DoubleOptions {
  /** Where the log is kept, to be found again by another process; in memory only when absent. */
  readonly file?: string;
  /** Without TLS when absent. */
  readonly tls?: TlsOptions;
  /** Clients need an account: `admin` and `ops` are there, both with the password `changeit`. Only with TLS: clients send no password without. */
  readonly accounts?: boolean;
  /** Events that may wait for a live subscriber before it is dropped for being slow: 64 when absent. */
  readonly liveBuffer?: number;
  /** How long a node that is stopped serves the calls that are open: 5,000 when absent, as the server. */
  readonly stopServesMs?: number;
}

export interface EventStoreDbDoubleOptions extends DoubleOptions {
  /** Any free one when absent. */
  readonly port?: number;
}

/** Throws where accounts are asked for without TLS: no client would send its password. */
export function requireTls({ accounts, tls }: DoubleOptions): void {
  if (accounts && !tls)
    throw new Error('accounts needs tls: clients of EventStoreDB send no user and password over a connection without it');
}

/** What is told of the log and done to it, served by one node or several. */
export interface DoubleControls {
  readonly connectionString: string;
  /** Reads and subscriptions that clients hold open. */
  readonly openCalls: number;
  readonly openSubscriptions: number;
  /** Events of `$all`, the server's own included. */
  readonly eventCount: number;
  inject(fault: Fault): void;
  clearFaults(): void;
  /** Ends every open subscription, by a failure or by a clean `end`. */
  dropSubscriptions(failure: Failure): void;
  /** Removes the bytes of those events of a stream that its readers no longer see. */
  scavenge(stream: string): void;
  /** Forgets the last events, as restoring an older backup does; their positions are used again. */
  rewind(events: number): void;
  /** Ends everything at once. */
  close(): Promise<void>;
}

/**
 * EventStoreDB 23.10 as far as its protocol shows it to a client: appends with the whole table of what counts as a retry, reads,
 * subscriptions to `$all`, deletion. Without projections and persistent subscriptions.
 */
export interface EventStoreDbDouble extends DoubleControls {
  readonly port: number;
  /** Takes connections and answers nothing, on old and new ones, as a halted process; `resume` answers what waited. */
  hang(): void;
  resume(): void;
  /** Breaks connections and closes the port. What was written stays. */
  kill(): Promise<void>;
  /** Closes the port, serves open calls for `stopServesMs`, and breaks off those that are open then. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** `kill`, then `start`. */
  restart(): Promise<void>;
}

export interface EventStoreDbClusterOptions extends DoubleOptions {
  /** Three when absent. */
  readonly nodes?: number;
  /** One for each node; any free ones when absent. */
  readonly ports?: readonly number[];
  /** How long the nodes are without a leader before another one leads: 2,000 when absent. */
  readonly electionMs?: number;
  /** How late followers show the log: 200 when absent. */
  readonly followerDelayMs?: number;
  /** How long the others take to notice that a node is away: 700 when absent. */
  readonly failureNoticedMs?: number;
  /** What gossip and the address tell: 127.0.0.1, or the certificate's first name. `name` when absent and with TLS, else `ip`. */
  readonly advertise?: 'ip' | 'name';
}

/**
 * Nodes over one log: one leads, the others show the log late, forward appends or say who leads. Who does not answer is noticed after a
 * while; where the leader is away and most nodes stand, another one leads some time later. Nodes are numbered from 0.
 */
export interface EventStoreDbCluster extends DoubleControls {
  readonly ports: readonly number[];
  /** Null while there is none. A leader that just fell is told until that is noticed. */
  readonly leader: number | null;
  kill(node: number): Promise<void>;
  /** Takes connections and answers nothing until `resume`; then it answers what waited, by then perhaps as a follower. */
  hang(node: number): void;
  resume(node: number): void;
  /** Closes the port, serves open calls for `stopServesMs`, and breaks off those that are open then. */
  stop(node: number): Promise<void>;
  /** A node that comes back is a follower. */
  start(node: number): Promise<void>;
}
