import type { DomainEvent } from '@onedoor/kernel';
import type { EventShapes } from './aggregate.js';
import type { RecordedEvent } from './ports/event-store.js';
import type { Collection } from './ports/read-models.js';

/**
 * A read model as data: which events it handles, which documents each one touches, and how it changes them.
 * Pure: no clock, no input or output, so building it again gives the same documents.
 */
export interface Projection<Document extends object = object, Event extends DomainEvent = DomainEvent> {
  readonly collection: Collection;
  /** Categories of its own context's streams. */
  readonly categories: readonly string[];
  readonly shapes: EventShapes;
  readonly handles: readonly Event['type'][];
  /** The ids of the documents that the event touches. */
  keys(event: Projected<Event>): readonly string[];
  /** The document after the event; null removes it. */
  evolve(document: Document | null, event: Projected<Event>): Document | null;
}

/** A domain event in its current shape, with the fields that the store adds. */
export type Projected<Event extends DomainEvent> = Event & Omit<RecordedEvent, keyof DomainEvent>;
