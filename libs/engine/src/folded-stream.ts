import { laterOf, LIMITS, type DomainEvent, type Instant } from '@onedoor/kernel';
import { upcast, type Aggregate } from './aggregate.js';
import type { EventStore, RecordedEvent } from './ports/event-store.js';
import { checkSequence } from './read-up-to.js';

/** The state of a stream up to one of its revisions. */
export interface FoldedStream<State> {
  readonly state: State;
  /** -1 before the first event. */
  readonly revision: number;
  readonly lastAt: Instant | null;
  /** The last event each command left here. */
  readonly commands: ReadonlyMap<string, RecordedEvent>;
  readonly last: RecordedEvent | null;
}

export const emptyStream = <State>(initial: State): FoldedStream<State> => ({
  state: initial,
  revision: -1,
  lastAt: null,
  commands: new Map(),
  last: null,
});

/** Continues a fold with the events that follow it. Throws `DamagedStream` where they leave a gap. */
export function foldOn<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  before: FoldedStream<State>,
  events: readonly RecordedEvent[],
): FoldedStream<State> {
  const [first] = events;
  if (first === undefined) return before;
  checkSequence(first.stream, before.revision + 1, events);
  let { state, lastAt, last } = before;
  const commands = new Map(before.commands);
  for (const recorded of events) {
    const event = upcast(aggregate.shapes, recorded);
    state = aggregate.decider.evolve(state, event as DomainEvent as Event);
    lastAt = lastAt === null ? event.at : laterOf(lastAt, event.at);
    commands.set(event.metadata.commandId, event);
    last = event;
  }
  return { state, revision: before.revision + events.length, lastAt, commands, last };
}

/** Reads all events of a stream that follow `before`, page by page, and continues the fold with them. */
export async function readOn<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<State, Command, Event>,
  stream: string,
  before: FoldedStream<State>,
): Promise<FoldedStream<State>> {
  for (let fold = before; ;) {
    const events = await store.read(stream, fold.revision + 1, LIMITS.eventsPerStream);
    fold = foldOn(aggregate, fold, events);
    if (events.length < LIMITS.eventsPerStream) return fold;
  }
}
