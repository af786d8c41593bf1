import { categoryOf, type RecordedEvent } from '@onedoor/engine';
import type { LogPage } from './follow.js';

/** Places that one page passes over at most, so that a narrow filter still answers soon and moves its position on. */
export const PLACES_PER_PAGE_MAX = 8_192;

/** A page of events that are in memory: from the place after `after` up to `tail`. */
export function scanPage(
  at: (place: number) => RecordedEvent,
  after: number,
  tail: number,
  limit: number,
  categories: ReadonlySet<string> | null,
): LogPage {
  const last = Math.min(tail, after + PLACES_PER_PAGE_MAX);
  const events: RecordedEvent[] = [];
  let place = after;
  while (place < last && events.length < limit) {
    place++;
    const event = at(place);
    if (categories === null || categories.has(categoryOf(event.stream))) events.push(event);
  }
  return { events, through: place };
}
