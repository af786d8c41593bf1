import { randomUUID } from 'node:crypto';
import { type Expected, judge } from './append-rules.js';
import type { ProposedEvent } from '../wire/messages.js';
import { stored, type StoredEvent } from './stored-event.js';
import { LogStream, metadataOf, NO_METADATA, objectOf } from './stream.js';

export type AppendOutcome =
  /** `position` is null where the event is hidden by now. */
  | { readonly kind: 'written'; readonly revision: number; readonly position: number | null }
  | { readonly kind: 'wrong'; readonly current: number | null }
  | { readonly kind: 'deleted' }
  /** The server never answers. */
  | { readonly kind: 'unanswered' };

export type Refused = Exclude<AppendOutcome, { readonly kind: 'written' }>;

/** A user that the server creates at its first start. */
export interface FirstUser {
  readonly loginName: string;
}

/** A change of the log. The same changes in the same order make the same log. */
export type LogChange =
  /** Written all or none. */
  | { readonly kind: 'written'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'scavenged'; readonly stream: string }
  | { readonly kind: 'rewound'; readonly count: number };

/** The position of the first event. The server's own events come first, so no client's event is near zero. */
const FIRST_POSITION = 1_237;
/** The revision of a tombstone; as `$tb` in a stream's metadata it means a soft deletion. */
const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;

const NOTHING = new Uint8Array();

/** The server's log: all events in one order, and by stream. Only the data of metadata events is parsed. */
export class DoubleLog {
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, LogStream>();
  readonly #listeners = new Set<(change: LogChange) => void>();
  #nextPosition = FIRST_POSITION;

  constructor(
    private readonly now: () => number = Date.now,
    /** Called with each local change before it is applied; not with changes replicated from another log. */
    private readonly persist: (change: LogChange) => void = () => undefined,
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

  /** The events of the stream that readers see; null where the stream does not exist for them. */
  eventsOf(name: string): readonly StoredEvent[] | null {
    const stream = this.#streams.get(name);
    if (!stream || stream.events.length === 0 || stream.isSoftDeleted) return null;
    return stream.visible;
  }

  isTombstoned(name: string): boolean {
    return this.#streams.get(name)?.isTombstoned ?? false;
  }

  /** Deletes the stream; a later append revives it, with revisions continued. */
  softDelete(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    const metastream = `$$${name}`;
    if (stream.events.length === 0 && this.#streamOf(metastream).events.length === 0) return { kind: 'wrong', current: null };
    // The number exceeds the precision of JavaScript, so the JSON is written as text.
    const last = this.#write(metastream, [systemEvent('$metadata', `{"$tb":${TOMBSTONE_REVISION}}`)]);
    return { kind: 'written', revision: stream.events.length - 1, position: last?.position ?? null };
  }

  /** Deletes the stream permanently, even one that never existed. The tombstone is an event of the stream itself. */
  tombstone(name: string, expected: Expected): AppendOutcome {
    const stream = this.#streamOf(name);
    const refusal = refuse(stream, expected);
    if (refusal) return refusal;
    const tombstone = {
      id: randomUUID(),
      type: '$streamDeleted',
      contentType: 'application/octet-stream',
      data: NOTHING,
      metadata: NOTHING,
    };
    const event = stored(tombstone, { stream: name, revision: TOMBSTONE_REVISION, position: this.#nextPosition, createdMs: this.now() });
    this.#commit({ kind: 'written', events: [event] });
    return { kind: 'written', revision: stream.events.length - 1, position: event.position };
  }

  /** Removes the bytes of the events that readers of the stream do not see, except the last event. */
  scavenge(stream: string): void {
    this.#commit({ kind: 'scavenged', stream });
  }

  /** Drops the last events, as restoring an older backup does: the next events get their positions. */
  rewind(count: number): void {
    this.#commit({ kind: 'rewound', count });
  }

  /** The index of the first event at or after a position. */
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
   * Whether the log can be read forwards from a position: from zero, from the begin of an event, from within scavenged bytes, and from
   * anywhere after the begin of the last event.
   */
  isReadable(position: number): boolean {
    if (position === 0 || position > (this.#events.at(-1)?.position ?? 0)) return true;
    const index = this.indexAt(position);
    return this.#events[index]?.position === position || this.#events[index - 1]?.isScavenged === true;
  }

  /** Unlike forwards, the log cannot be read backwards from within the last event or from beyond the end. */
  isReadableBackwards(position: number): boolean {
    return position === this.#nextPosition || (this.isReadable(position) && position <= (this.#events.at(-1)?.position ?? 0));
  }

  /** Calls back after every change; returns the function that unsubscribes. */
  onChange(listener: (change: LogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes the events of a server's first start, so that `$all` is never empty and never begins with a client's event. */
  initialize(users: readonly FirstUser[] = [{ loginName: 'admin' }]): this {
    for (const user of users) this.#write(`$user-${user.loginName}`, [systemEvent('$UserCreated', JSON.stringify(user))]);
    this.#write('$$$stats-0.0.0.0:2113', [systemEvent('$metadata', '{"$maxAge":86400}')]);
    return this;
  }

  /** The change that makes an empty log equal to this one. */
  get whole(): LogChange {
    return { kind: 'written', events: [...this.#events] };
  }

  /** Applies a change of another log. */
  apply(change: LogChange): void {
    if (change.kind === 'written') for (const event of change.events) this.#add(event);
    else if (change.kind === 'scavenged') this.#scavenge(change.stream);
    else this.#rewind(change.count);
    for (const listener of this.#listeners) listener(change);
  }

  #commit(change: LogChange): void {
    this.persist(change);
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

  /** The soft-deleted stream that an append revives: its own stream, or the one whose metadata it writes. Null where there is none. */
  #revivedBy(name: string): string | null {
    if (this.#streams.get(name)?.isSoftDeleted) return name;
    const original = originalOf(name);
    return original !== null && this.#streams.get(original)?.isSoftDeleted ? original : null;
  }

  /** Makes the stream's events visible from a revision on. The rest of its metadata stays. */
  #revive(name: string, from: number): void {
    const metastream = `$$${name}`;
    const metadata = objectOf(this.#streamOf(metastream).events.at(-1)?.systemData ?? null);
    this.#write(metastream, [systemEvent('$metadata', JSON.stringify({ ...metadata, $tb: from }))]);
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

/** Both kinds of deletion are checked like an append of one new event. */
function refuse(stream: LogStream, expected: Expected): Refused | null {
  const verdict = judge(stream, expected, [randomUUID()]);
  return verdict.kind === 'wrong' || verdict.kind === 'deleted' ? verdict : null;
}

/** The stream whose metadata a stream holds; null of any other. */
const originalOf = (name: string): string | null => (name.startsWith('$$') ? name.slice(2) : null);

const systemEvent = (type: string, data: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(data),
  metadata: NOTHING,
});
