import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type Position, type RecordedEvent, Unavailable, VoidPosition } from '@onedoor/engine';
import { pause } from '../shared/waits.js';
import { ReadCache } from './read-cache.js';
import type { Connection } from './connection.js';
import { isUnknown } from './failure.js';
import type { FollowedLog, ReadAnswer } from './follow.js';
import type { Incarnation } from './incarnation.js';
import type { LogReader } from './log-reader.js';
import { type Place, placeOf, standsAt } from './place.js';
import type { LoggedEvent, Tail } from './tail.js';

/** Events of one answer of the server. */
const EVENTS_PER_READ = 512;
/** How often a read at a place must fail, and one elsewhere succeed in between, until the place counts as invalid. */
const PROOFS = 3;
/** How soon to ask again for an event that was announced and cannot be read yet. */
const AGAIN_MS = 20;

/** All streams in one order, as followers read them: from the server while they are behind, from the shared tail afterwards. */
export class SharedLog implements FollowedLog {
  readonly #cache = new ReadCache();
  /** Reads that are under way, by the place they begin after. */
  readonly #reading = new Map<bigint, Promise<ReadAnswer>>();

  constructor(
    private readonly connection: Connection,
    private readonly reader: LogReader,
    private readonly tail: Tail,
    private readonly incarnation: Incarnation,
    private readonly decode: (event: ServerEvent) => RecordedEvent | null,
  ) {}

  async startOf(position: Position | null, signal: AbortSignal): Promise<bigint> {
    if (position === null) return 0n;
    const place = placeOf(this.incarnation.name, position);
    if (!(await this.#holds(place, signal)))
      throw new VoidPosition(`${position} lies beyond the end of the log ${this.incarnation.name}, or names no event of it`);
    return place.commit;
  }

  /** Only an answer of the server to a question that was asked after the call says that there are no more events. */
  async read(after: bigint, signal: AbortSignal): Promise<ReadAnswer> {
    const known =
      this.#cache.after(after) ??
      (await this.#reading.get(after)?.then(
        ({ events }) => events,
        () => [],
      ));
    if (known !== undefined && known.length > 0) return { events: known, isEnd: false };
    const reading = this.#ask(after, signal);
    this.#reading.set(after, reading);
    return reading.finally(() => this.#reading.delete(after));
  }

  async more(after: bigint, signal: AbortSignal): Promise<readonly LoggedEvent[]> {
    await this.tail.grown(after, signal);
    if (signal.aborted || this.isClosed()) return [];
    const recent = this.tail.after(after, EVENTS_PER_READ) ?? [];
    if (recent.length > 0) return recent;
    const { events } = await this.read(after, signal);
    if (events.length === 0 && this.tail.seen > after) await pause(AGAIN_MS, signal);
    return events;
  }

  isClosed(): boolean {
    return this.connection.closing.aborted;
  }

  async #ask(after: bigint, signal: AbortSignal): Promise<ReadAnswer> {
    // The answer begins with the event at the place itself.
    const answer = await this.reader.from(after, EVENTS_PER_READ + 1, { signal });
    if (after > 0n && answer.length === 0)
      throw new Unavailable('EventStoreDB ends before what was read of it: was an older state restored?');
    const events = answer
      .map((event) => ({ place: event.position?.commit ?? 0n, event: this.decode(event) }))
      .filter(({ place }) => place > after);
    this.#cache.add(after, events);
    return { events, isEnd: answer.length <= EVENTS_PER_READ };
  }

  /**
   * Whether the event of the place is there, or was there before it was scavenged. For a place at which no event begins the server
   * has no error of its own: the proof is that a read at a valid place succeeds in between.
   */
  async #holds(place: Place, signal: AbortSignal): Promise<boolean> {
    for (let proofs = 0; proofs < PROOFS; proofs++) {
      try {
        const [event] = await this.reader.from(place.commit, 1, { signal, unknownIsAnswer: true });
        if (event === undefined) return false;
        return event.position?.commit !== place.commit || standsAt(event, place);
      } catch (error) {
        if (!isUnknown(error)) throw error;
        await this.reader.from(this.incarnation.origin, 1, { signal });
      }
    }
    return false;
  }
}
