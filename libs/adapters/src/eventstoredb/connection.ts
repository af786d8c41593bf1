import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { SecureContext } from 'node:tls';
import type { Credentials } from '@eventstore/db-client';
import { type Alarm, Misconfigured, Unavailable } from '@onedoor/engine';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { pause, resultWithin } from '../shared/waits.js';
import { type Address, type Endpoint, textOf } from './address.js';
import { Channels } from './channels.js';
import { diagnose, type Trouble } from './diagnose.js';
import { BrokenOff, isAccessDenied, isOfTheNode, isTimeout, isTransient, isUnknown, leaderIn, NoLeader, reasonOf } from './failure.js';
import { findLeader } from './leader.js';
import { Link } from './link.js';
import type { NodeClient } from './node-client.js';

/** How long a call is repeated: an election of a new leader is over by then, and a caller never waits for a hung server any longer. */
const PATIENCE_MS = 12_000;
/** An attempt that has less time than this is not begun. */
const SHORTEST_ATTEMPT_MS = 50;
/** An error without a name hardly ever goes away by itself. */
const UNKNOWN_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 250;
/** Failures in a row after which the connection itself is doubted. */
const DOUBTED_AFTER = 3;
/** Times that one call follows from node to node before it pauses. */
const FOLLOWED_MAX = 5;
/** However many calls wait for a leader, the nodes are asked this often. */
const DISCOVERY_INTERVAL_MS = 100;
/** A node answers gossip from memory. */
const GOSSIP_TIMEOUT_MS = 2_000;

/** What an attempt of a call may use. */
export interface Attempt {
  readonly client: NodeClient;
  /** How long it may take. */
  readonly timeoutMs: number;
  /** Fires when the connection is replaced: what came until then is no whole answer. */
  readonly retired: AbortSignal;
}

export interface AttemptOptions {
  /** Gives the call up early; the connection's closing always does. */
  readonly signal?: AbortSignal;
  /** Throws what the server cannot name at once, as an answer: for questions that have such an answer. */
  readonly unknownIsAnswer?: boolean;
  /** When the call has to be over, by `performance.now()`; its patience from now on when absent. */
  readonly untilMs?: number;
}

/**
 * The way to the server that leads: found when it is first needed, and found anew when it no longer gets anywhere. All calls go
 * through `attempt`, which repeats what is in doubt.
 */
export class Connection {
  readonly monitor: OutageMonitor;
  readonly #channels: Channels;
  readonly #closing = new AbortController();
  /** Told when the connection is closed. */
  readonly #waiting = new Set<() => void>();
  #present: Promise<Link> | null = null;
  #link: Link | null = null;
  #members: readonly Endpoint[] = [];
  #failuresInARow = 0;
  #failedAtMs = 0;

  /** Throws `Misconfigured` where the address names files that can not be used. */
  constructor(
    readonly address: Address,
    alarm: Alarm,
    private readonly deadlineMs: number,
  ) {
    this.#channels = new Channels(address);
    this.monitor = new OutageMonitor('EventStoreDB', alarm);
    setMaxListeners(0, this.#closing.signal);
  }

  /** Passed with every call. */
  get caller(): { readonly credentials: Credentials; readonly requiresLeader: true } {
    return { credentials: this.address.credentials, requiresLeader: true };
  }

  /** What a connection of another protocol to the same nodes trusts; null where they speak no TLS. */
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
   * Does what may be done twice, again and again while the server cannot answer. Throws `Unavailable` in the end, with the last
   * failure as its cause, `Misconfigured` where the account is refused, and any other answer of the server at once.
   */
  async attempt<Result>(
    action: (attempt: Attempt) => Promise<Result>,
    { signal, unknownIsAnswer = false, untilMs = this.patienceEndsMs() }: AttemptOptions = {},
  ): Promise<Result> {
    const call = this.monitor.call();
    let followed = 0;
    for (let attempts = 1, pauseMs = FIRST_PAUSE_MS; ; attempts++, pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      if (this.closing.aborted) throw new Unavailable('The connection to EventStoreDB is closed');
      let link: Link | null = null;
      let timeoutMs = this.deadlineMs;
      const beganMs = performance.now();
      try {
        const leftMs = () => Math.max(SHORTEST_ATTEMPT_MS, Math.min(this.deadlineMs, untilMs - performance.now()));
        const used = (link = this.#link ?? (await resultWithin(this.#orClosed(this.link()), leftMs(), leaderTooLate)));
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
        if (link !== null && this.#follows(link, error) && followed < FOLLOWED_MAX) {
          followed += 1;
          continue;
        }
        // That a call had too little time left, after waiting for its turn, says nothing of the server.
        const isCutShort = isTimeout(error) && timeoutMs < Math.min(this.deadlineMs, PATIENCE_MS / 2);
        if (!isCutShort || this.monitor.outage() !== null) call.failed(error instanceof BrokenOff ? null : reasonOf(error));
        if (link !== null && !isCutShort) this.#doubt(link, error, beganMs);
        const isOver = performance.now() + pauseMs + SHORTEST_ATTEMPT_MS > untilMs || (isUnknown(error) && attempts >= UNKNOWN_ATTEMPTS);
        if (isOver || signal?.aborted) {
          call.gaveUp();
          throw new Unavailable(`EventStoreDB does not answer (${reasonOf(error)})`, { cause: error });
        }
      }
      await pause(pauseMs, signal ?? this.closing);
    }
  }

  /** What keeps the nodes from being used, looked at from outside; null where one of them could be. */
  diagnose(): Promise<Trouble | null> {
    return diagnose(this.#channels, this.#nodes());
  }

  /** The present link to the server that leads. Calls that need it at once share the search for it; one that failed is begun anew a little later. */
  link(): Promise<Link> {
    if (this.#present !== null) return this.#present;
    const opening = this.#endpoint().then((endpoint) => this.#linkTo(endpoint));
    this.#present = opening;
    opening.catch(async () => {
      await pause(this.address.options.discoveryIntervalMs ?? DISCOVERY_INTERVAL_MS, this.closing);
      if (this.#present === opening) this.#present = null;
    });
    return opening;
  }

  /**
   * Notes that the link failed; it is replaced after some failures in a row, and at once where another node may lead. Calls that were under
   * way together fail as one: to replace the connection breaks off all others, and a server that is only slow would never get to answer.
   */
  #doubt(link: Link, error: unknown, beganMs: number): void {
    if (link !== this.#link) return;
    if (beganMs >= this.#failedAtMs) {
      this.#failuresInARow += 1;
      this.#failedAtMs = performance.now();
    }
    if (this.#failuresInARow >= DOUBTED_AFTER || (this.address.isCluster && isOfTheNode(error))) this.#replace(link, null);
  }

  /** Goes on with the node that the answer names as the leader, if it is another one. */
  #follows(link: Link, error: unknown): boolean {
    const leader = leaderIn(error);
    if (leader === null) return false;
    const next = { host: leader.address, port: leader.port };
    if (link !== this.#link) return true;
    if (textOf(next) === textOf(link.endpoint)) return false;
    this.#replace(link, next);
    return true;
  }

  #replace(link: Link, next: Endpoint | null): void {
    this.#failuresInARow = 0;
    this.#link = null;
    this.#present = next === null ? null : Promise.resolve(this.#linkTo(next));
    link.retire();
  }

  async #endpoint(): Promise<Endpoint> {
    const { seeds, isCluster, options } = this.address;
    const [only] = seeds;
    if (!isCluster && only !== undefined) return only;
    const { leader, members } = await findLeader(this.#channels, this.#nodes(), options.gossipTimeoutMs ?? GOSSIP_TIMEOUT_MS, this.closing);
    this.#members = members;
    return leader;
  }

  /** Those of the address, and those that the cluster told of. */
  #nodes(): readonly Endpoint[] {
    return [...new Map([...this.address.seeds, ...this.#members].map((endpoint) => [textOf(endpoint), endpoint])).values()];
  }

  #linkTo(endpoint: Endpoint): Link {
    const link = new Link(endpoint, this.#channels, this.address);
    if (this.closing.aborted) void link.close();
    this.#link = link;
    return link;
  }

  /** Ends subscriptions and reads at once, and lets nothing begin any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const end of this.#waiting) end();
    await this.#link?.close();
  }

  /** An append has no way to be called off: its caller is told at once all the same. A set, for a signal is slow at many listeners. */
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
