import type { PublicEvent } from '@onedoor/contracts';
import { BoundedCache, type DomainEvent } from '@onedoor/kernel';
import { upcast, type Aggregate } from './aggregate.js';
import { deterministicId } from './deterministic-id.js';
import { emptyStream, foldOn, type FoldedStream } from './folded-stream.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { BusMessage, EventBus } from './ports/event-bus.js';
import { categoryOf, type EventStore, type RecordedEvent } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
import { idOf, type Projected } from './projection.js';
import type { RunOptions } from './run-options.js';

/** What one private event says to the other contexts, given the state it led to. Pure; none, one or several. */
export interface Publication {
  readonly topic: string;
  /** The public type: `gov.onedoor.<context>.<aggregate>.<fact>.v<n>`. */
  readonly type: string;
  readonly data: unknown;
}

/** An aggregate that has something to tell, and the pure translation from private to public. */
export interface PublishedAggregate {
  readonly aggregate: Aggregate<unknown, { readonly at: string }, DomainEvent>;
  publish(event: Projected<DomainEvent>, stateAfter: unknown): readonly Publication[];
}

/** Keeps the types of one aggregate together while a relay holds several. */
export function published<State, Command extends { readonly at: string }, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  publish: (event: Projected<Event>, stateAfter: State) => readonly Publication[],
): PublishedAggregate {
  return { aggregate, publish } as unknown as PublishedAggregate;
}

const PAGE_EVENTS = 256;
const CACHED_STREAMS = 20_000;

/**
 * Tails a context's own streams and publishes what they mean to others: log, then bus, then checkpoint. A crash in between
 * publishes a page twice under the same ids, which consumers know by them.
 */
export class Relay {
  private readonly folds = new BoundedCache<string, FoldedStream<unknown>>(CACHED_STREAMS);
  private readonly byCategory: ReadonlyMap<string, PublishedAggregate>;

  constructor(
    private readonly context: string,
    publications: readonly PublishedAggregate[],
    private readonly ports: { readonly store: EventStore; readonly bus: EventBus; readonly checkpoints: Checkpoints },
  ) {
    this.byCategory = new Map(publications.map((publication) => [publication.aggregate.category, publication]));
  }

  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    const { store, bus, checkpoints } = this.ports;
    const name = `relay:${this.context}`;
    let at = await checkpoints.load(name);
    for await (const next of store.subscribe({ after: at, categories: [...this.byCategory.keys()], pageSize: PAGE_EVENTS, signal })) {
      if (next.kind === 'caught-up') {
        if (untilCaughtUp) return;
        continue;
      }
      const messages: BusMessage[] = [];
      for (const event of next.events) messages.push(...(await this.translate(event)));
      if (messages.length > 0) await bus.publish(messages);
      if (!(await checkpoints.advance(name, at, next.position))) throw new Fenced(`Another ${name} moved its checkpoint`);
      at = next.position;
      await pace?.(next.events.length === PAGE_EVENTS);
    }
  }

  private async translate(recorded: RecordedEvent): Promise<readonly BusMessage[]> {
    const publication = this.byCategory.get(categoryOf(recorded.stream));
    if (publication === undefined) return [];
    const event = upcast(publication.aggregate.shapes, recorded) as Projected<DomainEvent>;
    const state = await this.stateAfter(publication, event);
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

  /** The fold up to and including the event, never beyond it: what is told is what was so then. */
  private async stateAfter({ aggregate }: PublishedAggregate, event: Projected<DomainEvent>): Promise<unknown> {
    let fold = this.folds.get(event.stream);
    if (event.revision === 0) fold = emptyStream(aggregate.decider.initial);
    if (fold === undefined || fold.revision !== event.revision - 1) {
      const earlier = await this.ports.store.read(event.stream, 0, event.revision);
      fold = foldOn(aggregate, emptyStream(aggregate.decider.initial), earlier);
    }
    const after = foldOn(aggregate, fold, [event as unknown as RecordedEvent]);
    this.folds.set(event.stream, after);
    return after.state;
  }
}
