import type { Filter, RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type RecordedEvent, Unavailable } from '@onedoor/engine';
import { Notifier } from '../shared/notifier.js';
import { Backoff, pause } from '../shared/waits.js';
import type { Connection } from './connection.js';
import type { NodeConnection } from './node-connection.js';
import type { LogReader } from './log-reader.js';

/** Events kept in memory for followers. */
const RECENT_EVENTS = 4_096;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** A subscription without events for so long is replaced, for it may be dead. */
const QUIET_MS = 30_000;
/** How often followers read the log themselves, without news from the tail. */
const POLL_MS = 5_000;

/** An event in the order of the log; `event` is null for one that is not of the city. */
export interface LoggedEvent {
  readonly place: bigint;
  readonly event: RecordedEvent | null;
}

/**
 * The newest events, for all followers in this process: one subscription, whose last events are kept in memory. It consumes them as
 * fast as they come, since the server drops slow subscribers, and guarantees nothing: after a drop it begins anew at the end, and
 * followers read from the log what is missing here.
 */
export class Tail {
  #recent: LoggedEvent[] = [];
  /** Every event of the city after this place, up to the last one seen, is in memory; null while there is no subscription. */
  #coveredAfter: bigint | null = null;
  #seen = 0n;
  #isRunning = false;
  readonly #notifier = new Notifier();

  constructor(
    private readonly connection: Connection,
    private readonly reader: LogReader,
    private readonly filter: Filter,
    private readonly decode: (event: ServerEvent) => RecordedEvent | null,
  ) {}

  /** The last place that surely holds an event. */
  get seen(): bigint {
    return this.#seen;
  }

  /** The events after a place, at most `limit`; null where some of them may be missing. */
  after(place: bigint, limit: number): readonly LoggedEvent[] | null {
    if (this.#coveredAfter === null || place < this.#coveredAfter) return null;
    let first = this.#recent.length;
    while (first > 0 && (this.#recent[first - 1]?.place ?? 0n) > place) first -= 1;
    return this.#recent.slice(first, first + limit);
  }

  /** Resolves when there are events after this place, after a while in any case, and when the signal fires. */
  async grown(place: bigint, signal: AbortSignal): Promise<void> {
    this.#start();
    if (this.#seen > place) return;
    const looking = new AbortController();
    const stop = () => looking.abort();
    signal.addEventListener('abort', stop);
    if (!signal.aborted) await Promise.race([this.#notifier.wait(looking.signal), pause(POLL_MS, looking.signal)]);
    stop();
    signal.removeEventListener('abort', stop);
  }

  /** Wakes all waiting followers. */
  wake(): void {
    this.#notifier.notify();
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    const { closing } = this.connection;
    const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    while (!closing.aborted) {
      try {
        const [last] = await this.reader.before(null, 1);
        // Each log holds an event: at least the one that names its incarnation.
        if (last?.position === undefined) throw new Unavailable('EventStoreDB shows nothing of its log');
        const from = last.position.commit;
        const node = await this.connection.node();
        if (await node.use(() => this.#follow(node, from))) backoff.reset();
      } catch {
        // The read has repeated and reported failures of the server; a dropped subscription is nothing unusual.
      }
      this.#coveredAfter = null;
      await pause(backoff.nextMs(), closing);
    }
  }

  /** Subscribes from the last event until the subscription ends or its connection is replaced. Returns whether it delivered anything. */
  #follow({ client, retired }: NodeConnection, from: bigint): Promise<boolean> {
    const { caller } = this.connection;
    return new Promise((resolve, reject) => {
      const subscription = client.subscribeToAll({ ...caller, fromPosition: { commit: from, prepare: from }, filter: this.filter });
      let hasDelivered = false;
      let isOver = false;
      const end = (error?: Error) => {
        isOver = true;
        clearTimeout(quiet);
        retired.removeEventListener('abort', onEnd);
        // Without this the call would stay open for ever.
        subscription.unsubscribe().catch(() => undefined);
        if (error && !hasDelivered) reject(error);
        else resolve(hasDelivered);
      };
      const onEnd = () => end();
      const quiet = setTimeout(onEnd, QUIET_MS);
      retired.addEventListener('abort', onEnd);
      subscription.on('error', end);
      subscription.on('end', onEnd);
      subscription.on('confirmation', () => isOver || this.#begin(from));
      subscription.on('data', ({ event }) => {
        // The client may still emit events of an ended subscription, which would come ahead of others among those of the next one.
        if (isOver) return;
        hasDelivered = true;
        quiet.refresh();
        if (event) this.#take(event);
      });
      if (retired.aborted) end();
    });
  }

  #begin(place: bigint): void {
    this.#recent = [];
    this.#coveredAfter = place;
    this.#see(place);
  }

  #take(event: ServerEvent): void {
    const place = event.position?.commit;
    if (place === undefined || this.#coveredAfter === null) return;
    this.#recent.push({ place, event: this.decode(event) });
    if (this.#recent.length > 2 * RECENT_EVENTS) {
      const dropped = this.#recent.splice(0, RECENT_EVENTS);
      this.#coveredAfter = dropped.at(-1)?.place ?? this.#coveredAfter;
    }
    this.#see(place);
  }

  #see(place: bigint): void {
    if (place > this.#seen) this.#seen = place;
    this.#notifier.notify();
  }
}
