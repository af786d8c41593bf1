import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { SecureContext } from 'node:tls';
import type { Credentials } from '@eventstore/db-client';
import { type Alarm, Misconfigured, Unavailable } from '@onedoor/engine';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { Backoff, pause, resultWithin } from '../shared/waits.js';
import { type Address, type Endpoint, textOf } from './address.js';
import { ChannelFactory } from './channel-factory.js';
import { diagnose, type Diagnosis } from './diagnose.js';
import { BrokenOff, isAccessDenied, isOfTheNode, isTimeout, isTransient, isUnknown, leaderIn, NoLeader, reasonOf } from './failure.js';
import { findLeader } from './leader.js';
import { type NodeClient, NodeConnection } from './node-connection.js';

/** How long a call is repeated: an election is over by then, and a caller waits no longer than this for a server that hangs. */
const PATIENCE_MS = 12_000;
/** An attempt that has less time than this is not begun. */
const SHORTEST_ATTEMPT_MS = 50;
/** An unknown error hardly ever goes away by itself. */
const UNKNOWN_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;
/** Failures in a row after which the connection is replaced. */
const REPLACED_AFTER = 3;
/** Redirections to another leader that one call follows before it pauses. */
const REDIRECTIONS_MAX = 5;
/** Pause between two searches for a leader, which all calls share. */
const DISCOVERY_INTERVAL_MS = 100;
/** A node answers gossip from memory. */
const GOSSIP_TIMEOUT_MS = 2_000;

/** What an attempt of a call may use. */
export interface Attempt {
  readonly client: NodeClient;
  /** How long it may take. */
  readonly timeoutMs: number;
  /** Fires when the connection is replaced: an answer that has come in part by then is incomplete. */
  readonly retired: AbortSignal;
}

export interface AttemptOptions {
  /** Ends the call early, as closing the connection always does. */
  readonly signal?: AbortSignal;
  /** Throws unknown errors at once, for questions to which the server answers so. */
  readonly unknownIsAnswer?: boolean;
  /** When the call has to be over, by `performance.now()`; its patience from now on when absent. */
  readonly untilMs?: number;
}

/**
 * The connection to the node that leads: looked for when it is first needed, and again when it fails. All calls go through
 * `attempt`, which repeats them while their outcome is unknown.
 */
export class Connection {
  readonly monitor: OutageMonitor;
  readonly #channels: ChannelFactory;
  readonly #closing = new AbortController();
  /** Called when the connection is closed. */
  readonly #waiting = new Set<() => void>();
  #opening: Promise<NodeConnection> | null = null;
  #node: NodeConnection | null = null;
  #members: readonly Endpoint[] = [];
  #failuresInARow = 0;
  #failedAtMs = 0;

  /** Throws `Misconfigured` where the address names files that can not be used. */
  constructor(
    readonly address: Address,
    alarm: Alarm,
    private readonly deadlineMs: number,
  ) {
    this.#channels = new ChannelFactory(address);
    this.monitor = new OutageMonitor('EventStoreDB', alarm);
    setMaxListeners(0, this.#closing.signal);
  }

  /** Passed with every call. */
  get caller(): { readonly credentials: Credentials; readonly requiresLeader: true } {
    return { credentials: this.address.credentials, requiresLeader: true };
  }

  /** The TLS context, also for connections of other protocols to the same nodes; null where they speak no TLS. */
  get secureContext(): SecureContext | null {
    return this.#channels.secureContext;
  }

  /** Fires when the connection is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** When a call that begins now has to be over. */
  patienceEndsMs(): number {
    return performance.now() + PATIENCE_MS;
  }

  /**
   * Runs an idempotent action, and repeats it while the server cannot answer. Throws `Unavailable` in the end, with the last failure
   * as its cause, `Misconfigured` where the account is refused, and any other error of the server at once.
   */
  async attempt<Result>(
    action: (attempt: Attempt) => Promise<Result>,
    { signal, unknownIsAnswer = false, untilMs = this.patienceEndsMs() }: AttemptOptions = {},
  ): Promise<Result> {
    const call = this.monitor.call();
    let redirections = 0;
    const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    for (let attempts = 1; ; attempts++) {
      if (this.closing.aborted) throw new Unavailable('The connection to EventStoreDB is closed');
      let node: NodeConnection | null = null;
      const pauseMs = backoff.nextMs();
      let timeoutMs = this.deadlineMs;
      const beganMs = performance.now();
      try {
        const leftMs = () => Math.max(SHORTEST_ATTEMPT_MS, Math.min(this.deadlineMs, untilMs - performance.now()));
        const used = (node = this.#node ?? (await resultWithin(this.#orClosed(this.node()), leftMs(), leaderTooLate)));
        timeoutMs = leftMs();
        const result = await this.#orClosed(used.use(() => action({ client: used.client, timeoutMs, retired: used.retired })));
        this.#failuresInARow = 0;
        call.succeeded();
        return result;
      } catch (error) {
        if (this.closing.aborted) throw new Unavailable('The connection to EventStoreDB is closed', { cause: error });
        if (!isTransient(error) || (unknownIsAnswer && isUnknown(error))) {
          if (isTransient(error)) call.gaveUp();
          else call.succeeded();
          throw isAccessDenied(error) ? refusalOf(error) : error;
        }
        if (node !== null && this.#redirects(node, error) && redirections < REDIRECTIONS_MAX) {
          redirections += 1;
          continue;
        }
        // A call that waited for its permit may have had too little time left, which says nothing about the server.
        const isCutShort = isTimeout(error) && timeoutMs < Math.min(this.deadlineMs, PATIENCE_MS / 2);
        if (!isCutShort || this.monitor.outage() !== null) call.failed(error instanceof BrokenOff ? null : reasonOf(error));
        if (node !== null && !isCutShort) this.#countFailure(node, error, beganMs);
        const isOver = performance.now() + pauseMs + SHORTEST_ATTEMPT_MS > untilMs || (isUnknown(error) && attempts >= UNKNOWN_ATTEMPTS);
        if (isOver || signal?.aborted) {
          call.gaveUp();
          throw new Unavailable(`EventStoreDB does not answer (${reasonOf(error)})`, { cause: error });
        }
      }
      await pause(pauseMs, signal ?? this.closing);
    }
  }

  /** What keeps the nodes from being used, probed by plain sockets; null where one of them could be used. */
  diagnose(): Promise<Diagnosis | null> {
    return diagnose(this.#channels, this.#nodes());
  }

  /**
   * The connection to the node that leads. Concurrent calls share the search for it; after a failure a new search begins a little
   * later.
   */
  node(): Promise<NodeConnection> {
    if (this.#opening !== null) return this.#opening;
    const opening = this.#endpoint().then((endpoint) => this.#connectTo(endpoint));
    this.#opening = opening;
    opening.catch(async () => {
      await pause(this.address.options.discoveryIntervalMs ?? DISCOVERY_INTERVAL_MS, this.closing);
      if (this.#opening === opening) this.#opening = null;
    });
    return opening;
  }

  /**
   * Counts a failure of the node's connection, which is replaced after some failures in a row, and at once where another node may
   * lead. Calls that were under way together count as one failure: replacing the connection breaks off all other calls, and a server
   * that is only slow would never get to answer.
   */
  #countFailure(node: NodeConnection, error: unknown, beganMs: number): void {
    if (node !== this.#node) return;
    if (beganMs >= this.#failedAtMs) {
      this.#failuresInARow += 1;
      this.#failedAtMs = performance.now();
    }
    if (this.#failuresInARow >= REPLACED_AFTER || (this.address.isCluster && isOfTheNode(error))) this.#replace(node, null);
  }

  /** Switches to the node that the error names as the leader, if it is another one. */
  #redirects(node: NodeConnection, error: unknown): boolean {
    const leader = leaderIn(error);
    if (leader === null) return false;
    const next = { host: leader.address, port: leader.port };
    if (node !== this.#node) return true;
    if (textOf(next) === textOf(node.endpoint)) return false;
    this.#replace(node, next);
    return true;
  }

  #replace(node: NodeConnection, next: Endpoint | null): void {
    this.#failuresInARow = 0;
    this.#node = null;
    this.#opening = next === null ? null : Promise.resolve(this.#connectTo(next));
    node.retire();
  }

  async #endpoint(): Promise<Endpoint> {
    const { seeds, isCluster, options } = this.address;
    const [only] = seeds;
    if (!isCluster && only !== undefined) return only;
    const { leader, members } = await findLeader(this.#channels, this.#nodes(), options.gossipTimeoutMs ?? GOSSIP_TIMEOUT_MS, this.closing);
    this.#members = members;
    return leader;
  }

  /** The nodes of the address, and those that the cluster's gossip named. */
  #nodes(): readonly Endpoint[] {
    return [...new Map([...this.address.seeds, ...this.#members].map((endpoint) => [textOf(endpoint), endpoint])).values()];
  }

  #connectTo(endpoint: Endpoint): NodeConnection {
    const node = new NodeConnection(endpoint, this.#channels, this.address);
    if (this.closing.aborted) void node.close();
    this.#node = node;
    return node;
  }

  /** Ends subscriptions and reads at once; no call begins any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const end of this.#waiting) end();
    await this.#node?.close();
  }

  /** Appends cannot be cancelled, so their callers fail on their own. A set of callbacks, for a signal with many listeners is slow. */
  #orClosed<Result>(result: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const end = () => reject(new Unavailable('The connection to EventStoreDB is closed'));
      if (this.closing.aborted) end();
      else this.#waiting.add(end);
      result.then(resolve, reject).finally(() => this.#waiting.delete(end));
    });
  }
}

const leaderTooLate = (): Error => new NoLeader('Looking for the leader takes too long');

const UNAUTHENTICATED_CODE = 16;

/** The user and the password are right, and the account lacks the right to do this. */
export class AccessDenied extends Misconfigured {}

function refusalOf(error: unknown): Misconfigured {
  const isUnknownUser = (error as { readonly code?: number }).code === UNAUTHENTICATED_CODE;
  if (isUnknownUser) return new Misconfigured('EventStoreDB refuses the user or the password of its connection string', { cause: error });
  return new AccessDenied('The account of OneDoor at EventStoreDB may not do what was asked of it', { cause: error });
}
