import { randomUUID } from 'node:crypto';
import { type Expected, judge, type StreamState } from './append-rules.js';
import { encodeEvent } from './messages.js';
import type { ProposedEvent, StoredEvent } from './stored-event.js';

export type AppendOutcome =
  /** `position` is null where the server cannot say it. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | null }
  | { readonly kind: 'wrong'; readonly current: number | null }
  | { readonly kind: 'deleted' };

interface Stream extends StreamState {
  events: StoredEvent[];
  /** Readers of the stream see nothing before it. */
  truncatedBefore: number;
  isSoftDeleted: boolean;
  isTombstoned: boolean;
}

/** Where the first event stands. The server's own come first, so no city's event is ever near zero. */
const FIRST_POSITION = 1_237;
const BYTES_AROUND_AN_EVENT = 83;
/** The revision that the server gives to the end of a stream for ever. */
const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;

const NOTHING = new Uint8Array();
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** What the server keeps: all events in one order, and each stream's. Nothing of a payload is looked at. */
export class DoubleLog {
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #listeners = new Set<() => void>();
  #nextPosition = FIRST_POSITION;

  constructor() {
    // A server is never empty: whoever counts what `$all` holds, or takes its first event for a city's, learns it here.
    this.#write('$user-admin', [own('$UserCreated', { loginName: 'admin' })]);
    this.#write('$$$stats-0.0.0.0:2113', [own('$metadata', { $maxAge: 86_400 })]);
  }

  /** How many events `$all` holds; they are numbered from 0. */
  get length(): number {
    return this.#events.length;
  }

  at(index: number): StoredEvent | undefined {
    return this.#events[index];
  }

  append(name: string, expected: Expected, proposed: readonly ProposedEvent[]): AppendOutcome {
    const stream = this.#streamOf(name);
    const verdict = judge(stream, expected, proposed.map(({ id }) => id));
    if (verdict.kind === 'already') return { kind: 'written', revision: verdict.revision, position: verdict.event?.position ?? null };
    if (verdict.kind !== 'write') return verdict;
    if (stream.isSoftDeleted) this.#revive(name, stream);
    const last = this.#write(name, proposed);
    return { kind: 'written', revision: stream.events.length - 1, position: last?.position ?? null };
  }

  /** The stream's events that a reader sees; null when there is no such stream for it. */
  eventsOf(name: string): readonly StoredEvent[] | null {
    const stream = this.#streams.get(name);
    if (!stream || stream.events.length === 0 || stream.isSoftDeleted) return null;
    return stream.truncatedBefore === 0 ? stream.events : stream.events.slice(stream.truncatedBefore);
  }

  isTombstoned(name: string): boolean {
    return this.#streams.get(name)?.isTombstoned ?? false;
  }

  /** Deletes so that an append may bring the stream back, its revisions going on. */
  softDelete(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    if (stream.events.length === 0) return { kind: 'wrong', current: null };
    stream.isSoftDeleted = true;
    const last = this.#write(`$$${name}`, [own('$metadata', { $tb: Number.MAX_SAFE_INTEGER })]);
    return { kind: 'written', revision: stream.events.length - 1, position: last?.position ?? null };
  }

  /** Ends the stream for ever, even one that never was. The mark is an event of the stream itself. */
  tombstone(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    stream.isTombstoned = true;
    const { position } = this.#add(name, TOMBSTONE_REVISION, own('$streamDeleted', {}));
    this.#tell();
    return { kind: 'written', revision: stream.events.length - 1, position };
  }

  /** Takes the bytes of a deleted stream's events away, all but the last one's. */
  scavenge(name: string): void {
    const stream = this.#streams.get(name);
    if (!stream?.isSoftDeleted && !stream?.isTombstoned) return;
    for (const event of stream.events.slice(0, -1)) event.isScavenged = true;
  }

  /** Forgets the last events, as a backup from before them does: what is written next stands where they stood. */
  rewind(count: number): void {
    for (const event of this.#events.splice(-count, count).reverse()) {
      const stream = this.#streams.get(event.stream);
      if (stream?.events.at(-1) === event) stream.events.pop();
      this.#nextPosition = event.position;
    }
  }

  /** The number of the first event at or behind a position. */
  indexAt(position: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether an event begins there, or nothing was written there yet; zero stands for the beginning. */
  isBoundary(position: number): boolean {
    return position === 0 || position >= this.#nextPosition || this.#events[this.indexAt(position)]?.position === position;
  }

  /** Calls back whenever events were written. Answers how to stop it. */
  onGrowth(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #streamOf(name: string): Stream {
    let stream = this.#streams.get(name);
    if (!stream) this.#streams.set(name, (stream = { events: [], truncatedBefore: 0, isSoftDeleted: false, isTombstoned: false }));
    return stream;
  }

  #revive(name: string, stream: Stream): void {
    stream.isSoftDeleted = false;
    stream.truncatedBefore = stream.events.length;
    this.#write(`$$${name}`, [own('$metadata', { $tb: stream.truncatedBefore })]);
  }

  #write(name: string, proposed: readonly ProposedEvent[]): StoredEvent | undefined {
    const { events } = this.#streamOf(name);
    for (const event of proposed) events.push(this.#add(name, BigInt(events.length), event));
    this.#tell();
    return events.at(-1);
  }

  #add(stream: string, revision: bigint, event: ProposedEvent): StoredEvent {
    const position = this.#nextPosition;
    const stored = { id: event.id, type: event.type, stream, revision: Number(revision), position, encoded: encodeEvent(event, stream, revision, position), isScavenged: false };
    this.#nextPosition += BYTES_AROUND_AN_EVENT + event.data.length + event.metadata.length + stream.length + event.type.length;
    this.#events.push(stored);
    return stored;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What neither kind of deletion does. */
function refuse(stream: Stream, expected: Expected): AppendOutcome | null {
  if (stream.isTombstoned) return { kind: 'deleted' };
  const head = stream.events.length - 1;
  const isExpected = expected === 'any' || (expected === 'stream_exists' ? head >= 0 : head === (expected === 'no_stream' ? -1 : expected));
  return isExpected ? null : { kind: 'wrong', current: head < 0 ? null : head };
}

const own = (type: string, data: unknown): ProposedEvent => ({ id: randomUUID(), type, contentType: 'application/json', data: json(data), metadata: NOTHING });
