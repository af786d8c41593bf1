import type { Filter, RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type RecordedEvent, Unavailable } from '@onedoor/engine';
import { Notifier } from '../shared/notifier.js';
import { pause } from '../shared/waits.js';
import type { Connection } from './connection.js';
import type { Link } from './link.js';
import type { LogReader } from './log-reader.js';

/** Events kept in memory for those who follow. */
const RECENT_EVENTS = 4_096;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** A quiet subscription cannot be told from a dead one. */
const QUIET_MS = 30_000;
/** How often followers look for themselves, whatever the tail says. */
const LOOK_MS = 5_000;

/** An event in the order of the log; `event` is null for one that is not of the city. */
export interface LoggedEvent {
  readonly place: bigint;
  readonly event: RecordedEvent | null;
}

/**
 * What is being appended now, for everybody in this process who follows: one subscription, whose events stand in memory for a while.
 * It takes them as fast as they come, since the server drops whoever does not, and it promises nothing: after a drop it begins
 * anew at the end, and followers read from the log what they find missing here.
 */
export class Tail {
  #recent: LoggedEvent[] = [];
  /** Every event of the city after this place, up to the last one seen, is at hand; null while there is no subscription. */
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

  /** Resolves when there is more than this place, after a while in any case, and when the signal fires. */
  async grown(place: bigint, signal: AbortSignal): Promise<void> {
    this.#start();
    if (this.#seen > place) return;
    const looking = new AbortController();
    const stop = () => looking.abort();
    signal.addEventListener('abort', stop);
    if (!signal.aborted) await Promise.race([this.#notifier.wait(looking.signal), pause(LOOK_MS, looking.signal)]);
    stop();
    signal.removeEventListener('abort', stop);
  }

  /** Wakes everybody who waits. */
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
    let pauseMs = FIRST_PAUSE_MS;
    while (!closing.aborted) {
      try {
        const [last] = await this.reader.before(null, 1);
        // Each log holds something: at the least, what names its incarnation.
        if (last?.position === undefined) throw new Unavailable('EventStoreDB shows nothing of its log');
        const from = last.position.commit;
        const link = await this.connection.link();
        if (await link.use(() => this.#follow(link, from))) pauseMs = FIRST_PAUSE_MS;
      } catch {
        // The read has told and repeated what is wrong with the server; a subscription that is dropped is nothing unusual.
      }
      this.#coveredAfter = null;
      await pause(pauseMs, closing);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Follows from an event that was seen just now until the subscription ends or its connection is replaced. Answers whether it ever told anything. */
  #follow({ client, retired }: Link, from: bigint): Promise<boolean> {
    const { caller } = this.connection;
    return new Promise((resolve, reject) => {
      const subscription = client.subscribeToAll({ ...caller, fromPosition: { commit: from, prepare: from }, filter: this.filter });
      let hasTold = false;
      let isOver = false;
      const end = (error?: Error) => {
        isOver = true;
        clearTimeout(quiet);
        retired.removeEventListener('abort', onEnd);
        // Leaving the loop or the stream behind would keep the call open for ever.
        subscription.unsubscribe().catch(() => undefined);
        if (error && !hasTold) reject(error);
        else resolve(hasTold);
      };
      const onEnd = () => end();
      const quiet = setTimeout(onEnd, QUIET_MS);
      retired.addEventListener('abort', onEnd);
      subscription.on('error', end);
      subscription.on('end', onEnd);
      subscription.on('confirmation', () => isOver || this.#begin(from));
      subscription.on('data', ({ event }) => {
        // What the client still hands out of an ended subscription would stand among the events of the next one, ahead of others.
        if (isOver) return;
        hasTold = true;
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
