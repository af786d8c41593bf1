import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type Position, type RecordedEvent, Unavailable, VoidPosition } from '@onedoor/engine';
import { pause } from '../shared/pause.js';
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

  async read(after: bigint, signal: AbortSignal): Promise<ReadAnswer> {
    // The event of the place itself comes with the answer.
    const answer = await this.reader.from(after, EVENTS_PER_READ + 1, signal);
    const logged = answer.map((event) => ({ place: event.position?.commit ?? 0n, event: this.decode(event) }));
    return { events: logged.filter(({ place }) => place > after), isEnd: answer.length <= EVENTS_PER_READ };
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
