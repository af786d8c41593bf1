import type { DomainEvent } from '@onedoor/kernel';
import { upcast } from './aggregate.js';
import type { RecordedEvent } from './ports/event-store.js';
import type { Projected, Projection } from './projection.js';

/** One document straight from its events: what the projection will hold once it has caught up, without waiting for it. */
export function foldDocument<Document extends object, Event extends DomainEvent>(
  projection: Projection<Document, Event>,
  events: readonly RecordedEvent[],
): Document | null {
  return events
    .filter(({ type }) => projection.handles.includes(type))
    .reduce<Document | null>(
      (document, event) => projection.evolve(document, upcast(projection.shapes, event) as unknown as Projected<Event>),
      null,
    );
}
