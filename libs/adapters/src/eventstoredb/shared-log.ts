import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type Position, type RecordedEvent, Unavailable, VoidPosition } from '@onedoor/engine';
import { pause } from '../shared/pause.js';
import { Chapters } from './chapters.js';
import type { Connection } from './connection.js';
import { isUnknown } from './failure.js';
import type { FollowedLog, ReadAnswer } from './follow.js';
import type { LogReader } from './log-reader.js';
import { placeOf } from './place.js';
import type { LoggedEvent, Tail } from './tail.js';

/** Events of one answer of the server. */
const EVENTS_PER_READ = 512;
/** How soon to ask again for an event that was announced and cannot be read yet. */
const AGAIN_MS = 20;

/** All streams in one order, as followers read them: from the server while they are behind, from the shared tail afterwards. */
export class SharedLog implements FollowedLog {
  readonly #chapters = new Chapters();
  /** Reads that are under way, by the place they begin after. */
  readonly #reading = new Map<bigint, Promise<ReadAnswer>>();

  constructor(
    private readonly connection: Connection,
    private readonly reader: LogReader,
    private readonly tail: Tail,
    private readonly incarnation: string,
    private readonly decode: (event: ServerEvent) => RecordedEvent | null,
  ) {}

  async startOf(position: Position | null, signal: AbortSignal): Promise<bigint> {
    if (position === null) return 0n;
    const place = placeOf(this.incarnation, position);
    if (!(await this.#reaches(place, signal))) throw new VoidPosition(`${position} lies beyond the end of the log ${this.incarnation}, or names no event of it`);
    return place;
  }

  /** That there is no more is only ever said by the server, in an answer to a question that was asked after the caller's. */
  async read(after: bigint, signal: AbortSignal): Promise<ReadAnswer> {
    const known = this.#chapters.after(after) ?? (await this.#reading.get(after)?.then(({ events }) => events, () => []));
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
    // The event of the place itself comes with the answer.
    const answer = await this.reader.from(after, EVENTS_PER_READ + 1, signal);
    const events = answer.map((event) => ({ place: event.position?.commit ?? 0n, event: this.decode(event) })).filter(({ place }) => place > after);
    this.#chapters.keep(after, events);
    return { events, isEnd: answer.length <= EVENTS_PER_READ };
  }

  /** Whether an event begins at the place and something stands there or behind it. The server answers neither with a clear word. */
  async #reaches(place: bigint, signal: AbortSignal): Promise<boolean> {
    try {
      return (await this.reader.from(place, 1, signal)).length > 0;
    } catch (error) {
      if (error instanceof Unavailable && isUnknown(error.cause)) return false;
      throw error;
    }
  }
}
