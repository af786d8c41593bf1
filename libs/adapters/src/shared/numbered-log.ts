import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  categoryOf,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionSignal,
  VoidPosition,
} from '@onedoor/engine';

/** A log whose events have the places 1, 2, 3 … up to the tail. */
interface NumberedLog {
  placeOf(position: Position | null): number;
  positionOf(place: number): Position;
  tail(): number;
  /** Events after a place, at most `limit` of them; `through` is the last place that was looked at. */
  page(after: number, limit: number, categories: ReadonlySet<string> | null): LogPage;
  /** Resolves when the log grew, closed, or the signal fired. */
  grown(signal: AbortSignal): Promise<void>;
  isClosed(): boolean;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  readonly through: number;
}

/** Events of one page, where the subscription does not say. */
const PAGE_SIZE = 512;

/** Filtered places after which an empty page comes: often enough for a restart, seldom enough to cost nothing. */
const PLACES_PER_EMPTY_PAGE = 4_096;

/**
 * The subscription of every numbered log. Nothing stays open between two pages. Where all events were filtered out, an empty page
 * moves the position on now and then. `caught-up` comes once, the first time the tail is reached.
 */
export async function* follow(log: NumberedLog, options: SubscribeOptions): AsyncGenerator<SubscriptionSignal, void, undefined> {
  const { signal, pageSize = PAGE_SIZE } = options;
  const categories = options.categories ? new Set(options.categories) : null;
  let passed = log.placeOf(options.after);
  let reported = passed;
  let hasCaughtUp = false;
  while (!signal.aborted && !log.isClosed()) {
    if (passed < log.tail()) {
      const page = log.page(passed, pageSize, categories);
      passed = page.through;
      if (page.events.length > 0 || passed - reported >= PLACES_PER_EMPTY_PAGE) {
        reported = passed;
        yield { kind: 'page', events: page.events, position: log.positionOf(passed) };
      }
      // A consumer that never waits would keep everything else from running until it has caught up.
      if (passed < log.tail()) await nextTurn();
    } else if (!hasCaughtUp) {
      hasCaughtUp = true;
      yield { kind: 'caught-up', position: passed === 0 ? null : log.positionOf(passed) };
    } else {
      await log.grown(signal);
    }
  }
}

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

const DIGITS = 16;

/** `<incarnation>:<number>`, the number as wide as the largest safe integer, so that positions compare as strings. */
export const positionOf = (incarnation: string, place: number): Position => `${incarnation}:${String(place).padStart(DIGITS, '0')}`;

/** The place that a position names in the log of this incarnation: 0 before the first event. Throws `VoidPosition` for any other log. */
export function placeOf(incarnation: string, position: Position | null, tail: number): number {
  if (position === null) return 0;
  if (!position.startsWith(`${incarnation}:`)) throw new VoidPosition(`${position} is not of the log ${incarnation}`);
  const place = Number(position.slice(incarnation.length + 1));
  if (!Number.isSafeInteger(place) || place < 0) throw new VoidPosition(`${position} names no place`);
  if (place > tail) throw new VoidPosition(`${position} lies beyond the end of the log ${incarnation}: it lost events`);
  return place;
}
