import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
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
  Unavailable,
} from '@onedoor/engine';
import { checkAppend } from '../shared/check-append.js';
import type { Appender } from './appender.js';
import type { Connection } from './connection.js';
import { fromServer, toServer } from './event-form.js';
import { follow } from './follow.js';
import type { Incarnation } from './incarnation.js';
import type { LogReader } from './log-reader.js';
import { positionOf } from './place.js';
import { SharedLog } from './shared-log.js';
import type { StreamNaming } from './stream-naming.js';
import { Tail } from './tail.js';

/** Looking backwards for the city's last event: nearly always it is among the very last. */
const EVENTS_PER_LOOK = 8;
const EVENTS_PER_LATER_LOOK = 512;

export interface EventStoreDbParts {
  readonly connection: Connection;
  readonly reader: LogReader;
  readonly appender: Appender;
  readonly naming: StreamNaming;
  readonly incarnation: Incarnation;
}

/**
 * The log in EventStoreDB. A position is `<incarnation>:<commit>`, the commit being the byte of the server's log at which the event
 * stands. Followers share one subscription a process, and read pages by calls of their own where they are behind it.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly #log: SharedLog;
  /** The last event that this process knows of: looking for the head ends there. */
  #known: bigint;

  constructor(private readonly parts: EventStoreDbParts) {
    const { connection, reader, naming, incarnation } = parts;
    const decode = (event: ServerEvent) => this.#decode(event);
    const tail = new Tail(connection, reader, naming.filter(), decode);
    connection.closing.addEventListener('abort', () => tail.wake());
    this.#log = new SharedLog(connection, reader, tail, incarnation.name, decode);
    this.#known = incarnation.origin;
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const expectedRevision = checkAppend(stream, expected, events);
    const name = this.parts.naming.onServer(stream);
    const answer = await this.parts.appender.append(name, expectedRevision, toServer(events));
    if (answer.outcome === 'conflict') return answer;
    const place = answer.place ?? (await this.#placeOf(name, answer.revision));
    return { outcome: 'appended', revision: answer.revision, position: this.#know(place) };
  }

  async read(stream: StreamName, from: number, limit: number): Promise<readonly RecordedEvent[]> {
    const events = await this.parts.reader.stream(this.parts.naming.onServer(stream), from, limit);
    return events.flatMap((event) => this.#decode(event) ?? []);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionSignal> {
    return follow(this.#log, options);
  }

  async head(): Promise<Position | null> {
    const { reader, incarnation } = this.parts;
    const known = this.#known;
    let before: bigint | null = null;
    for (let count = EVENTS_PER_LOOK; ; count = EVENTS_PER_LATER_LOOK) {
      const events = await reader.before(before, count);
      for (const event of events) {
        const place = event.position?.commit ?? 0n;
        if (place <= known) return known === incarnation.origin ? null : this.#know(known);
        if (this.#decode(event) !== null) return this.#know(place);
        before = place;
      }
      if (events.length === 0) throw new Unavailable('EventStoreDB has lost what this process wrote: was an older state restored?');
    }
  }

  #know(place: bigint): Position {
    if (place > this.#known) this.#known = place;
    return positionOf(this.parts.incarnation.name, place);
  }

  async #placeOf(name: string, revision: number): Promise<bigint> {
    const [event] = await this.parts.reader.stream(name, revision, 1);
    if (event?.position === undefined) throw new Unavailable('EventStoreDB does not tell where the events of an earlier attempt stand');
    return event.position.commit;
  }

  #decode(event: ServerEvent): RecordedEvent | null {
    const stream = this.parts.naming.ofCity(event.streamId);
    return stream === null ? null : fromServer(event, stream, this.parts.incarnation.name);
  }
}
