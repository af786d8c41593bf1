import type { DomainEvent } from '@onedoor/kernel';
import { upcast } from './aggregate.js';
import type { Alarm } from './ports/alarm.js';
import { placeIn, type RecordedEvent } from './ports/event-store.js';
import type { Collection, DocumentBody, Put, ReadModels } from './ports/read-models.js';
import type { Projected, Projection } from './projection.js';

/**
 * Folds one page of events into the documents of a collection. Each touched document is read once and written once. An event that
 * a document already reflects is skipped. An event that cannot be applied quarantines that one document, marked and with an alarm.
 * Returns how many events were handled.
 */
export async function applyPage(
  projection: Projection,
  target: Collection,
  events: readonly RecordedEvent[],
  readModels: ReadModels,
  alarm: Alarm,
): Promise<number> {
  const handled = new Set<string>(projection.handles);
  const work: { readonly event: Projected<DomainEvent>; readonly keys: readonly string[] }[] = [];
  const touched = new Set<string>();
  for (const recorded of events) {
    if (!handled.has(recorded.type)) continue;
    const event = upcast(projection.shapes, recorded) as Projected<DomainEvent>;
    const keys = projection.keys(event);
    for (const key of keys) touched.add(key);
    work.push({ event, keys });
  }
  if (work.length === 0) return 0;

  const documents = new Map<string, Put>();
  for (const stored of await readModels.standing(target, [...touched])) documents.set(stored.id, stored);
  const changed = new Map<string, Put>();
  for (const { event, keys } of work) {
    for (const id of keys) {
      const before = documents.get(id);
      if (before !== undefined && before.position >= placeIn(event.position)) continue;
      if (before?.body?.['quarantined'] !== undefined) continue;
      const after = { id, position: event.position, body: evolveOrQuarantine(projection, before?.body ?? null, event, id, alarm) };
      documents.set(id, after);
      changed.set(id, after);
    }
  }
  if (changed.size > 0) await readModels.apply(target, [...changed.values()]);
  return work.length;
}

function evolveOrQuarantine(
  projection: Projection,
  before: DocumentBody | null,
  event: Projected<DomainEvent>,
  id: string,
  alarm: Alarm,
): DocumentBody | null {
  try {
    return projection.evolve(before, event) as DocumentBody | null;
  } catch (error) {
    alarm('projection document quarantined', {
      projection: projection.collection.name,
      id,
      event: event.type,
      position: event.position,
      reason: String(error),
    });
    return { ...before, quarantined: `${event.type} at ${event.position}` };
  }
}

/** Folds one document directly from its events: what the projection will hold once it has caught up. */
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
