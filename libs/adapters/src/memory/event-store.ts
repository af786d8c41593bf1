import {
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type StreamName,
  type SubscribeOptions,
  type SubscriptionSignal,
} from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { Notifier } from '../shared/notifier.js';
import { checkAppend } from '../shared/preconditions.js';
import { follow, placeOf, positionOf, scanPage } from '../shared/numbered-log.js';

/** The log in memory: for tests, and for measurements without a disk. Events are kept as the objects that were appended. */
export class MemoryEventStore implements EventStore {
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<StreamName, RecordedEvent[]>();
  readonly #notifier = new Notifier();
  #isClosed = false;

  constructor(readonly incarnation: string = 'memory') {}

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const expectedRevision = checkAppend(stream, expected, events);
    const standing = this.#streams.get(stream);
    const head = (standing?.length ?? 0) - 1;
    if (head !== expectedRevision) {
      const again = standing?.slice(expectedRevision + 1, expectedRevision + 1 + events.length) ?? [];
      const isRetry = events.every(({ id }, index) => again[index]?.id === id);
      return isRetry ? appended(again) : { outcome: 'conflict', actual: standing ? head : null };
    }
    const recorded = events.map((event, index) => this.#record(event, stream, head + 1 + index, this.#events.length + 1 + index));
    this.#events.push(...recorded);
    if (standing) standing.push(...recorded);
    else this.#streams.set(stream, recorded);
    this.#notifier.notify();
    return appended(recorded);
  }

  async read(stream: StreamName, from: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.#streams.get(stream)?.slice(from, from + limit) ?? [];
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionSignal> {
    return follow(
      {
        placeOf: (position) => placeOf(this.incarnation, position, this.#events.length),
        positionOf: (place) => positionOf(this.incarnation, place),
        tail: () => this.#events.length,
        page: (after, limit, categories) => scanPage((place) => this.#at(place), after, this.#events.length, limit, categories),
        grown: (signal) => this.#notifier.wait(signal),
        isClosed: () => this.#isClosed,
      },
      options,
    );
  }

  async head(): Promise<Position | null> {
    return this.#events.at(-1)?.position ?? null;
  }

  /** Ends every subscription. */
  close(): void {
    this.#isClosed = true;
    this.#notifier.notify();
  }

  #at(place: number): RecordedEvent {
    const event = this.#events[place - 1];
    assert(event, 'places have no gaps');
    return event;
  }

  #record({ id, type, v, at, recordedAt, data, metadata }: NewEvent, stream: StreamName, revision: number, place: number): RecordedEvent {
    return { id, type, v, at, recordedAt, data, metadata, stream, revision, position: positionOf(this.incarnation, place) };
  }
}

function appended(events: readonly RecordedEvent[]): AppendResult {
  const last = events.at(-1);
  assert(last, 'an append holds events');
  return { outcome: 'appended', revision: last.revision, position: last.position };
}
