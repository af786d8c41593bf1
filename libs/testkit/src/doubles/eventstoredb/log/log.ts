import { randomUUID } from 'node:crypto';
import { type Expected, judge } from './append-rules.js';
import type { ProposedEvent } from './proposed-event.js';
import { stored, type StoredEvent } from './stored-event.js';
import { LogStream, metadataOf, NO_METADATA, objectOf } from './stream.js';

export type AppendOutcome =
  /** `position` is null where the server cannot say it. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | null }
  | { readonly kind: 'wrong'; readonly current: number | null }
  | { readonly kind: 'deleted' }
  /** No answer ever comes. */
  | { readonly kind: 'unanswered' };

export type Refused = Exclude<AppendOutcome, { readonly kind: 'written' }>;

/** A user that a server has from its first start on. */
export interface FirstUser {
  readonly loginName: string;
}

/** What happens to a log. The same changes in the same order make the same log. */
export type LogChange =
  /** Stand together or not at all. */
  | { readonly kind: 'written'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'scavenged'; readonly stream: string }
  | { readonly kind: 'rewound'; readonly count: number };

/** Where the first event stands. The server's own come first, so no city's event is ever near zero. */
const FIRST_POSITION = 1_237;
/** The revision that the server gives to the end of a stream for ever; in its metadata it stands for a deletion. */
const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;

const NOTHING = new Uint8Array();

/** What the server keeps: all events in one order, and each stream's. Only metadata is looked into. */
export class DoubleLog {
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, LogStream>();
  readonly #listeners = new Set<(change: LogChange) => void>();
  #nextPosition = FIRST_POSITION;

  constructor(
    private readonly now: () => number = Date.now,
    /** Called with each change made here, before it counts; not with those taken over from another log. */
    private readonly keep: (change: LogChange) => void = () => undefined,
  ) {}

  /** How many events `$all` holds; they are numbered from 0. */
  get length(): number {
    return this.#events.length;
  }

  at(index: number): StoredEvent | undefined {
    return this.#events[index];
  }

  append(name: string, expected: Expected, proposed: readonly ProposedEvent[]): AppendOutcome {
    const stream = this.#streamOf(name);
    const verdict = judge(
      stream,
      expected,
      proposed.map(({ id }) => id),
    );
    if (verdict.kind === 'already') return { kind: 'written', revision: verdict.revision, position: verdict.event?.position ?? null };
    if (verdict.kind !== 'write') return verdict;
    const revived = this.#revivedBy(name);
    const from = revived === null ? 0 : this.#streamOf(revived).events.length;
    const last = this.#write(name, proposed);
    if (revived !== null) this.#revive(revived, from);
    return { kind: 'written', revision: stream.events.length - 1, position: last?.position ?? null };
  }

  /** The stream's events that a reader sees; null when there is no such stream for it. */
  eventsOf(name: string): readonly StoredEvent[] | null {
    const stream = this.#streams.get(name);
    if (!stream || stream.events.length === 0 || stream.isSoftDeleted) return null;
    return stream.visible;
  }

  isTombstoned(name: string): boolean {
    return this.#streams.get(name)?.isTombstoned ?? false;
  }

  /** Deletes so that an append may bring the stream back, its revisions going on. */
  softDelete(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    const metastream = `$$${name}`;
    if (stream.events.length === 0 && this.#streamOf(metastream).events.length === 0) return { kind: 'wrong', current: null };
    // The server writes the number that JavaScript cannot, so the text is put together here.
    const last = this.#write(metastream, [own('$metadata', `{"$tb":${TOMBSTONE_REVISION}}`)]);
    return { kind: 'written', revision: stream.events.length - 1, position: last?.position ?? null };
  }

  /** Ends the stream for ever, even one that never was. The mark is an event of the stream itself. */
  tombstone(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    const mark = { id: randomUUID(), type: '$streamDeleted', contentType: 'application/octet-stream', data: NOTHING, metadata: NOTHING };
    const event = stored(mark, { stream: name, revision: TOMBSTONE_REVISION, position: this.#nextPosition, createdMs: this.now() });
    this.#commit({ kind: 'written', events: [event] });
    return { kind: 'written', revision: stream.events.length - 1, position: event.position };
  }

  /** Takes the bytes of the events away that no reader of the stream sees, all but the last one's. */
  scavenge(stream: string): void {
    this.#commit({ kind: 'scavenged', stream });
  }

  /** Forgets the last events, as a backup from before them does: what is written next stands where they stood. */
  rewind(count: number): void {
    this.#commit({ kind: 'rewound', count });
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

  /**
   * Whether the log can be read forwards from there: at the beginning (zero), where an event begins, within bytes that were scavenged,
   * and behind the begin of the last event.
   */
  isReadable(position: number): boolean {
    if (position === 0 || position > (this.#events.at(-1)?.position ?? 0)) return true;
    const index = this.indexAt(position);
    return this.#events[index]?.position === position || this.#events[index - 1]?.isScavenged === true;
  }

  /** Backwards it cannot be read from within the last event or from behind the end. */
  isReadableBackwards(position: number): boolean {
    return position === this.#nextPosition || (this.isReadable(position) && position <= (this.#events.at(-1)?.position ?? 0));
  }

  /** Calls back after every change. Answers how to stop it. */
  onChange(listener: (change: LogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes what a server writes first, so that `$all` is never empty and its first event never the city's. */
  found(users: readonly FirstUser[] = [{ loginName: 'admin' }]): this {
    for (const user of users) this.#write(`$user-${user.loginName}`, [own('$UserCreated', JSON.stringify(user))]);
    this.#write('$$$stats-0.0.0.0:2113', [own('$metadata', '{"$maxAge":86400}')]);
    return this;
  }

  /** A change that makes an empty log equal to this one. */
  get whole(): LogChange {
    return { kind: 'written', events: [...this.#events] };
  }

  /** Does what was done to another log. */
  apply(change: LogChange): void {
    if (change.kind === 'written') for (const event of change.events) this.#add(event);
    else if (change.kind === 'scavenged') this.#scavenge(change.stream);
    else this.#rewind(change.count);
    for (const listener of this.#listeners) listener(change);
  }

  #commit(change: LogChange): void {
    this.keep(change);
    this.apply(change);
  }

  #write(name: string, proposed: readonly ProposedEvent[]): StoredEvent | undefined {
    const { length } = this.#streamOf(name).events;
    let position = this.#nextPosition;
    const events = proposed.map((event, index) => {
      const added = stored(event, { stream: name, revision: BigInt(length + index), position, createdMs: this.now() });
      position += added.length;
      return added;
    });
    this.#commit({ kind: 'written', events });
    return events.at(-1);
  }

  /** The deleted stream that an append brings back: the one it goes to, or the one whose metadata it is. Null where there is none. */
  #revivedBy(name: string): string | null {
    if (this.#streams.get(name)?.isSoftDeleted) return name;
    const original = originalOf(name);
    return original !== null && this.#streams.get(original)?.isSoftDeleted ? original : null;
  }

  /** Shows the stream's events again from a revision on. The rest of its metadata stays. */
  #revive(name: string, from: number): void {
    const metastream = `$$${name}`;
    const metadata = objectOf(this.#streamOf(metastream).events.at(-1)?.systemData ?? null);
    this.#write(metastream, [own('$metadata', JSON.stringify({ ...metadata, $tb: from }))]);
  }

  #add(event: StoredEvent): void {
    const stream = this.#streamOf(event.stream);
    this.#events.push(event);
    this.#nextPosition = event.position + event.length;
    if (event.type === '$streamDeleted') stream.isTombstoned = true;
    else stream.events.push(event);
    const original = originalOf(event.stream);
    if (original !== null) this.#streamOf(original).metadata = metadataOf(event.systemData);
  }

  #scavenge(name: string): void {
    const stream = this.#streams.get(name);
    for (const event of stream?.events.slice(0, -1) ?? []) if (stream?.isTombstoned || !stream?.canRead(event)) event.isScavenged = true;
  }

  #rewind(count: number): void {
    for (const event of this.#events.splice(-count, count).reverse()) {
      const stream = this.#streamOf(event.stream);
      if (event.type === '$streamDeleted') stream.isTombstoned = false;
      else stream.events.pop();
      this.#nextPosition = event.position;
      const original = originalOf(event.stream);
      const before = stream.events.at(-1);
      if (original !== null) this.#streamOf(original).metadata = before ? metadataOf(before.systemData) : NO_METADATA;
    }
  }

  #streamOf(name: string): LogStream {
    let stream = this.#streams.get(name);
    if (!stream) this.#streams.set(name, (stream = new LogStream(name, this.now)));
    return stream;
  }
}

/** Both kinds of deletion are judged as an append of one new event. */
function refuse(stream: LogStream, expected: Expected): Refused | null {
  const verdict = judge(stream, expected, [randomUUID()]);
  return verdict.kind === 'wrong' || verdict.kind === 'deleted' ? verdict : null;
}

/** The stream whose metadata a stream holds; null of any other. */
const originalOf = (name: string): string | null => (name.startsWith('$$') ? name.slice(2) : null);

const own = (type: string, data: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(data),
  metadata: NOTHING,
});
