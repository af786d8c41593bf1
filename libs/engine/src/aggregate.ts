import type { Decider, DomainEvent, Instant } from '@onedoor/kernel';
import type { RecordedEvent } from './ports/event-store.js';

/** An aggregate as the engine runs it: the category of its streams, its decider, and the shapes of its events. */
export interface Aggregate<State, Command extends { readonly at: Instant }, Event extends DomainEvent> {
  /** Streams are named `<category>-<id>`. */
  readonly category: string;
  readonly decider: Decider<State, Command, Event>;
  readonly shapes: EventShapes<Event['type']>;
}

/** The current version of each event type, and how older data is upcast to it. A type that is not listed is unknown. */
export type EventShapes<Type extends string = string> = Readonly<Record<Type, EventShape>>;

export interface EventShape {
  readonly v: number;
  /** Converts the data of an older version `v` to the current one; needed once a second version exists. */
  readonly upcast?: (data: unknown, v: number) => unknown;
}

/**
 * The event in its current shape. Throws for a type or version this build does not know: an older build must refuse a newer log
 * rather than misread it.
 */
export function upcast(shapes: EventShapes, event: RecordedEvent): RecordedEvent {
  const shape = shapes[event.type];
  if (shape === undefined || event.v > shape.v) {
    throw new Error(`This build does not know ${event.type} version ${event.v} (in ${event.stream}): it is older than the log`);
  }
  if (event.v === shape.v) return event;
  if (shape.upcast === undefined) throw new Error(`Broken guarantee: ${event.type} version ${event.v} has an upcaster`);
  return { ...event, v: shape.v, data: shape.upcast(event.data, event.v) };
}

export const streamOf = (aggregate: { readonly category: string }, id: string): string => `${aggregate.category}-${id}`;
