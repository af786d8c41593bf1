import type { PublicEvent } from '@onedoor/contracts';
import { idOf, BoundedCache, type DomainEvent } from '@onedoor/kernel';
import { upcast, type Aggregate } from './aggregate.js';
import { deterministicId } from './deterministic-id.js';
import type { BusMessage } from './ports/event-bus.js';
import { categoryOf, type RecordedEvent } from './ports/event-store.js';
import type { Projected } from './projection.js';
import type { LogPorts } from './read-backoff.js';
import { readUpTo } from './read-up-to.js';

/** One public event that follows from a private event and the state after it. */
export interface Publication {
  readonly topic: string;
  /** The public type: `gov.onedoor.<context>.<aggregate>.<fact>.v<n>`. */
  readonly type: string;
  readonly data: unknown;
}

/** An aggregate with public events, and the pure translation to them: none, one or several for each private event. */
export interface PublishedAggregate {
  readonly aggregate: Aggregate<unknown, { readonly at: string }, DomainEvent>;
  publish(event: Projected<DomainEvent>, stateAfter: unknown): readonly Publication[];
}

/** Keeps the types of one aggregate together while a translator holds several. */
export function published<State, Command extends { readonly at: string }, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  publish: (event: Projected<Event>, stateAfter: State) => readonly Publication[],
): PublishedAggregate {
  return { aggregate, publish } as unknown as PublishedAggregate;
}

/** The state of a stream, in bytes: that of a case with its clocks and legs, which is the largest. */
const BYTES_OF_STATE = 3_000;
/** For a relay: the states of 20,000 streams. */
const CACHE_BYTES = 20_000 * BYTES_OF_STATE;

/** The state of a stream after one of its events. */
interface StateAfter {
  readonly state: unknown;
  readonly revision: number;
}

/**
 * Translates private events into the public events of a context: the same messages under the same ids for the same event, on every
 * call. States of streams are cached, so that events in the order of the log need no reads.
 */
export class Translator {
  /** The categories of the streams that have public events. */
  readonly categories: readonly string[];
  private readonly states: BoundedCache<string, StateAfter>;
  private readonly byCategory: ReadonlyMap<string, PublishedAggregate>;

  constructor(
    private readonly context: string,
    publications: readonly PublishedAggregate[],
    private readonly ports: LogPorts,
    cacheBytes = CACHE_BYTES,
  ) {
    this.states = new BoundedCache(cacheBytes, () => BYTES_OF_STATE);
    this.byCategory = new Map(publications.map((publication) => [publication.aggregate.category, publication]));
    this.categories = [...this.byCategory.keys()];
  }

  /** What its cache holds, estimated. */
  get cachedBytes(): number {
    return this.states.weight;
  }

  /** Throws where this build does not know the event, and `Unavailable` where the log does not return the events before it. */
  async translate(recorded: RecordedEvent, signal: AbortSignal): Promise<readonly BusMessage[]> {
    const publication = this.byCategory.get(categoryOf(recorded.stream));
    if (publication === undefined) return [];
    const event = upcast(publication.aggregate.shapes, recorded) as Projected<DomainEvent>;
    const state = await this.stateAfter(publication, event, signal);
    return publication.publish(event, state).map(({ topic, type, data }, index) => ({
      topic,
      event: this.envelope(event, type, data, index),
    }));
  }

  private envelope(event: Projected<DomainEvent>, type: string, data: unknown, index: number): PublicEvent {
    return {
      specversion: '1.0',
      id: deterministicId(event.id, String(index)),
      source: `/onedoor/${this.context}`,
      type,
      subject: idOf(event.stream),
      time: event.at,
      datacontenttype: 'application/json',
      sequence: `${String(event.revision).padStart(8, '0')}.${index}`,
      correlationid: event.metadata.correlationId,
      causationid: event.id,
      jurisdiction: event.metadata.jurisdiction,
      ...(event.metadata.traceparent !== undefined && { traceparent: event.metadata.traceparent }),
      data,
    };
  }

  /** The state up to and including the event, never beyond it. */
  private async stateAfter({ aggregate }: PublishedAggregate, event: Projected<DomainEvent>, signal: AbortSignal): Promise<unknown> {
    const kept = this.states.get(event.stream);
    const before = kept !== undefined && kept.revision < event.revision ? kept : { state: aggregate.decider.initial, revision: -1 };
    let { state } = before;
    for (const recorded of await readUpTo(this.ports, event.stream, before.revision + 1, event.revision - 1, signal))
      state = aggregate.decider.evolve(state, upcast(aggregate.shapes, recorded) as unknown as DomainEvent);
    state = aggregate.decider.evolve(state, event as unknown as DomainEvent);
    this.states.set(event.stream, { state, revision: event.revision });
    return state;
  }
}
