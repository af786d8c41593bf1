import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import {
  type AppendResult,
  DamagedStream,
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
import { checkAppend } from '../shared/preconditions.js';
import type { Appender } from './appender.js';
import type { Connection } from './connection.js';
import { fromServer, toServer } from './event-codec.js';
import { isStreamDeleted } from './failure.js';
import { follow } from './follow.js';
import type { Incarnation } from './incarnation.js';
import type { LogReader } from './log-reader.js';
import { type Place, placeOfEvent, positionOf } from './place.js';
import { SharedLog } from './shared-log.js';
import { ALL, lackOf, type StreamHealth } from './stream-health.js';
import type { StreamNaming } from './stream-naming.js';
import { StreamProofs } from './stream-proofs.js';
import { Tail } from './tail.js';

/** Page sizes of the search backwards for the city's last event, which is nearly always among the very last ones. */
const EVENTS_PER_LOOK = 8;
const EVENTS_PER_LATER_LOOK = 512;

interface EventStoreDbParts {
  readonly connection: Connection;
  readonly reader: LogReader;
  readonly appender: Appender;
  readonly health: StreamHealth;
  readonly naming: StreamNaming;
  readonly incarnation: Incarnation;
}

/**
 * The log in EventStoreDB. A position is `<incarnation>:<commit>:<id>`: the commit is the byte of the server's log at which the event
 * begins, the id the beginning of the event's id. The followers of a process share one subscription, and read pages by calls of their
 * own where they are behind it.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly #log: SharedLog;
  readonly #proofs: StreamProofs;
  /** The last event that this process knows of: looking for the head ends there. */
  #known: Place;
  /** Up to here the log was searched: the events between the last known one and this place are not of this city. */
  #lookedUpTo: bigint;

  constructor(private readonly parts: EventStoreDbParts) {
    const { connection, reader, naming, incarnation } = parts;
    this.#proofs = new StreamProofs(reader);
    const decode = (event: ServerEvent) => this.#decode(event);
    const tail = new Tail(connection, reader, naming.filter(), decode);
    connection.closing.addEventListener('abort', () => tail.wake());
    this.#log = new SharedLog(connection, reader, tail, incarnation, decode);
    this.#known = { commit: incarnation.origin, id: null };
    this.#lookedUpTo = incarnation.origin;
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult> {
    const expectedRevision = checkAppend(stream, expected, events);
    const name = this.parts.naming.onServer(stream);
    const untilMs = this.parts.connection.patienceEndsMs();
    const before = await this.#orEnded(stream, this.#proofs.at(name, expectedRevision, untilMs));
    const written = toServer(events, { stream, revision: expectedRevision + 1, before });
    const answer = await this.#orEnded(stream, this.parts.appender.append(name, expectedRevision, written));
    if (answer.outcome === 'conflict') return answer;
    const { id: lastId = '', metadata: { proof = '' } = {} } = written.at(-1) ?? {};
    // A deleted stream accepts first events again, and continues its old revisions.
    if (answer.revision !== expectedRevision + events.length) throw new DamagedStream(stream, lackOf(0, answer.revision - events.length));
    this.#proofs.keep(name, answer.revision, proof);
    const commit = answer.place ?? (await this.#placeOf(stream, name, answer.revision, lastId, untilMs));
    return { outcome: 'appended', revision: answer.revision, position: this.#know(placeOfEvent(commit, lastId)) };
  }

  async read(stream: StreamName, from: number, limit: number): Promise<readonly RecordedEvent[]> {
    if (limit <= 0) return [];
    const events = await this.#whole(stream, this.parts.naming.onServer(stream), from, limit);
    return events.map((event) => {
      const decoded = this.#decode(event);
      // Without it the answer would look like the end of the stream, and no decision could ever append behind it.
      if (decoded === null) throw new DamagedStream(stream, lackOf(Number(event.revision), Number(event.revision)));
      return decoded;
    });
  }

  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionSignal> {
    return follow(this.#log, options);
  }

  async head(): Promise<Position | null> {
    const { reader, incarnation } = this.parts;
    const known = this.#known;
    const lookedUpTo = known.commit > this.#lookedUpTo ? known.commit : this.#lookedUpTo;
    let end: bigint | null = null;
    let before: bigint | null = null;
    for (let count = EVENTS_PER_LOOK; ; count = EVENTS_PER_LATER_LOOK) {
      const events = await reader.before(before, count);
      end ??= events[0]?.position?.commit ?? 0n;
      if (end < lookedUpTo || events.length === 0)
        throw new Unavailable('EventStoreDB has lost what this process wrote: was an older state restored?');
      for (const event of events) {
        const commit = event.position?.commit ?? 0n;
        if (commit <= lookedUpTo) {
          this.#lookUpTo(end);
          return known.commit === incarnation.origin ? null : this.#know(known);
        }
        if (this.#decode(event) !== null) {
          this.#lookUpTo(end);
          return this.#know(placeOfEvent(commit, event.id));
        }
        before = commit;
      }
    }
  }

  #lookUpTo(place: bigint): void {
    if (place > this.#lookedUpTo) this.#lookedUpTo = place;
  }

  #know(place: Place): Position {
    if (place.commit > this.#known.commit) this.#known = place;
    return positionOf(this.parts.incarnation.name, place);
  }

  /** The place of what an earlier attempt wrote. */
  async #placeOf(stream: StreamName, name: string, revision: number, id: string, untilMs: number): Promise<bigint> {
    const [event] = await this.#whole(stream, name, revision, 1, untilMs);
    if (event?.position === undefined || event.id !== id) throw new DamagedStream(stream, lackOf(revision, revision));
    return event.position.commit;
  }

  /**
   * A stream's events from a revision on, none left out. Throws `DamagedStream` where some of them are gone. The event before them is
   * read too: behind its end, a stream that was cut and an undamaged one both show nothing.
   */
  async #whole(
    stream: StreamName,
    name: string,
    from: number,
    limit: number,
    untilMs = this.parts.connection.patienceEndsMs(),
  ): Promise<readonly ServerEvent[]> {
    const { reader, health } = this.parts;
    const first = Math.max(0, from - 1);
    const events = await this.#orEnded(stream, reader.stream(name, first, limit + from - first, untilMs));
    const lack = await this.#orEnded(stream, health.lackIn(name, events, first, { untilMs }));
    if (lack !== null) throw new DamagedStream(stream, lack);
    this.#proofs.seen(name, events?.at(-1));
    return (events ?? []).slice(from - first);
  }

  /** A stream with a tombstone has a failure of its own. */
  async #orEnded<Answer>(stream: StreamName, answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (error) {
      throw isStreamDeleted(error) ? new DamagedStream(stream, ALL) : error;
    }
  }

  #decode(event: ServerEvent): RecordedEvent | null {
    const stream = this.parts.naming.ofCity(event.streamId);
    return stream === null ? null : fromServer(event, stream, this.parts.incarnation.name);
  }
}
