import type { Failure, Fault } from './calls/faults.js';
import type { TlsOptions } from './tls/tls-files.js';

/** Options of one double and of a cluster of them. */
interface DoubleOptions {
  /** The file of the log, which another process can open later; in memory only when absent. */
  readonly file?: string;
  /** Without TLS when absent. */
  readonly tls?: TlsOptions;
  /**
   * Clients need an account: `admin` and `ops` exist, both with the password `changeit`. Needs TLS, for clients send no password
   * without it.
   */
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

/** Inspection and fault injection, the same for one node and for a cluster. */
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
  /** Removes the bytes of the events of a stream that are hidden from its readers. */
  scavenge(stream: string): void;
  /** Drops the last events, as restoring an older backup does; their positions are used again. */
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
  /** Accepts connections and answers nothing on any, like a halted process; `resume` answers the calls that waited. */
  hang(): void;
  resume(): void;
  /** Breaks connections and closes the port. The log stays. */
  kill(): Promise<void>;
  /** Closes the port, serves open calls for `stopServesMs`, and then aborts those still open. */
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
  /** The replication delay of followers: 200 when absent. */
  readonly followerDelayMs?: number;
  /** How long the others take to notice that a node is away: 700 when absent. */
  readonly failureNoticedMs?: number;
  /** The host in gossip and in the address: 127.0.0.1, or the certificate's first name. Default: `name` with TLS, else `ip`. */
  readonly advertise?: 'ip' | 'name';
}

/**
 * Nodes over one log: one leads; the others replicate with a delay, and forward appends or name the leader. A node that does not answer is
 * noticed after a while. Where the leader is away and a majority remains, another one is elected. Nodes are numbered from 0.
 */
export interface EventStoreDbCluster extends DoubleControls {
  readonly ports: readonly number[];
  /** Null while there is none. A leader that just failed is named until that is noticed. */
  readonly leader: number | null;
  kill(node: number): Promise<void>;
  /** Accepts connections and answers nothing until `resume`; then it answers the calls that waited, perhaps as a follower. */
  hang(node: number): void;
  resume(node: number): void;
  /** Closes the port, serves open calls for `stopServesMs`, and then aborts those still open. */
  stop(node: number): Promise<void>;
  /** A restarted node is a follower. */
  start(node: number): Promise<void>;
}
