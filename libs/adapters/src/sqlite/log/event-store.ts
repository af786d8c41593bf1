import {
  type AppendResult,
  categoryOf,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type StreamName,
  type SubscribeOptions,
  type SubscriptionSignal,
  Unavailable,
} from '@onedoor/engine';
import { BoundedCache } from '@onedoor/kernel';
import { Notifier } from '../../shared/notifier.js';
import { checkAppend } from '../../shared/preconditions.js';
import { follow, type LogPage, placeOf, positionOf, scanPage } from '../../shared/numbered-log.js';
import { pause } from '../../shared/waits.js';
import { RingBuffer } from '../../shared/ring-buffer.js';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import { witnessOf } from '../views/belong-to-log.js';
import { EventRows } from './event-rows.js';
import { StreamNames } from './stream-names.js';
import type { AppendAsk, EventRow, LogJobs, LogOpened } from './log-jobs.js';

/** Streams whose last revision is cached: a read beyond it needs no query. */
const HEADS_MAX = 50_000;

/** Events kept in memory for followers: some seconds of the busiest day. */
const RECENT_EVENTS = 32_768;

/** How often a store that another process writes looks for new events. */
const POLL_MS = 200;

/** The log in `log.db`. Without a writer it only reads, and polls for what another process wrote. */
export class SqliteEventStore implements EventStore {
  #tail: number;
  /** The id of the event at the tail. */
  #tailId: string;
  #isClosed = false;
  readonly #rows: EventRows;
  readonly #recent: RingBuffer<RecordedEvent>;
  readonly #notifier = new Notifier();
  readonly #names: StreamNames;
  /** Last revisions, -1 for a stream that is known to be absent. Only the process that writes the log may rely on them. */
  readonly #heads = new BoundedCache<StreamName, number>(HEADS_MAX);

  constructor(
    connection: ReadConnection,
    private readonly opened: LogOpened,
    private readonly writer: Writer<LogJobs> | null,
  ) {
    this.#tail = opened.tail;
    this.#tailId = opened.tailId;
    this.#rows = new EventRows(connection, opened.incarnation);
    this.#recent = new RingBuffer(opened.tail, RECENT_EVENTS);
    this.#names = new StreamNames(this.#rows, () => this.#isClosed);
    if (writer) void this.#names.load();
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const ask = appendAskOf(stream, expected, events);
    if (!this.writer) throw new Unavailable('The log is open for reading only');
    const characters = charactersOf(ask);
    return this.writer.ask('append', ask, characters, (answer) => {
      if (answer.outcome === 'conflict') {
        this.#heads.delete(stream);
        return answer;
      }
      if (!answer.isRetry) this.#remember(stream, ask.expected + 1, events, characters);
      return { outcome: 'appended', revision: answer.revision, position: this.#positionOf(answer.place) };
    });
  }

  async read(stream: StreamName, from: number, limit: number): Promise<readonly RecordedEvent[]> {
    if (from > (this.#heads.get(stream) ?? Infinity) || this.#names.isAbsent(stream)) return [];
    const events = this.#rows.ofStream(stream, from, limit);
    if (this.writer && events.length < limit) this.#heads.set(stream, events.at(-1)?.revision ?? from - 1);
    return events;
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionSignal> {
    return follow(
      {
        placeOf: (position) => placeOf(this.opened.incarnation, position, this.#currentTail()),
        positionOf: (place) => this.#positionOf(place),
        tail: () => this.#tail,
        page: (after, limit, categories) => this.#page(after, limit, categories),
        grown: (signal) => this.#grown(signal),
        isClosed: () => this.#isClosed,
      },
      options,
    );
  }

  async head(): Promise<Position | null> {
    const tail = this.#currentTail();
    return tail === 0 ? null : this.#positionOf(tail);
  }

  /** The last acknowledged event, as the views remember it; null for an empty log. Only for the process that writes. */
  witness(): string | null {
    return this.#tail === 0 ? null : witnessOf(this.#positionOf(this.#tail), this.#tailId);
  }

  /** Syncs to disk so far: under load many appends share one. */
  get commits(): number {
    return this.writer?.batches ?? 0;
  }

  /** Ends every subscription. */
  close(): void {
    this.#isClosed = true;
    this.#notifier.notify();
  }

  #remember(stream: StreamName, revision: number, events: readonly NewEvent[], characters: number): void {
    const each = characters / events.length;
    if (revision === 0) this.#names.add(stream);
    this.#heads.set(stream, Math.max(this.#heads.get(stream) ?? -1, revision + events.length - 1));
    events.forEach((event, index) => {
      const place = ++this.#tail;
      const { id, type, v, at, recordedAt, data, metadata } = event;
      const position = this.#positionOf(place);
      this.#tailId = id;
      this.#recent.push(place, { id, type, v, at, recordedAt, data, metadata, stream, revision: revision + index, position }, each);
    });
    this.#notifier.notify();
  }

  #page(after: number, limit: number, categories: ReadonlySet<string> | null): LogPage {
    if (!this.#recent.has(after + 1)) return this.#rows.page(after, this.#tail, limit, categories);
    return scanPage((place) => this.#recent.at(place), after, this.#tail, limit, categories);
  }

  async #grown(signal: AbortSignal): Promise<void> {
    if (this.writer) return this.#notifier.wait(signal);
    await pause(POLL_MS, signal);
    this.#currentTail();
  }

  /** A writer's store knows its tail from the answers; any other one asks the file. */
  #currentTail(): number {
    if (!this.writer && !this.#isClosed) this.#tail = this.#rows.tail();
    return this.#tail;
  }

  #positionOf(place: number): Position {
    return positionOf(this.opened.incarnation, place);
  }
}

/** Events as the writer takes them. */
export function appendAskOf(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): AppendAsk {
  const rows = events.map(({ id, type, v, at, recordedAt, data, metadata }): EventRow => [
    id,
    type,
    v,
    at,
    recordedAt,
    JSON.stringify(data) ?? 'null',
    JSON.stringify(metadata),
  ]);
  return { stream, category: categoryOf(stream), expected: checkAppend(stream, expected, events), events: rows };
}

/** About how much an append writes. */
export const charactersOf = ({ events }: AppendAsk): number => events.reduce((sum, row) => sum + row[5].length + row[6].length, 0);
