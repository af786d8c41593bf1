import { setImmediate as breath } from 'node:timers/promises';
import type { Position, RecordedEvent, SubscribeOptions, SubscriptionSignal } from '@onedoor/engine';

/** Events of one page, where the caller does not say. */
const PAGE_SIZE = 512;

/** Filtered places after which a page comes although it holds no event: often enough for a restart, seldom enough to cost nothing. */
const PLACES_PER_EMPTY_PAGE = 4_096;

/** A log as a subscription sees it: numbered places from 1 to the tail. */
export interface FollowedLog {
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

/**
 * The subscription that every adapter shares. Nothing stays open between two pages. Where all events were filtered out, an
 * empty page comes now and then only, to move the position on. `caught-up` is said once, the first time the tail is reached.
 */
export async function* follow(log: FollowedLog, options: SubscribeOptions): AsyncGenerator<SubscriptionSignal, void, undefined> {
  const { signal, pageSize = PAGE_SIZE } = options;
  const categories = options.categories ? new Set(options.categories) : null;
  let passed = log.placeOf(options.after);
  let told = passed;
  let saidCaughtUp = false;
  while (!signal.aborted && !log.isClosed()) {
    if (passed < log.tail()) {
      const page = log.page(passed, pageSize, categories);
      passed = page.through;
      if (page.events.length > 0 || passed - told >= PLACES_PER_EMPTY_PAGE) {
        told = passed;
        yield { kind: 'page', events: page.events, position: log.positionOf(passed) };
      }
      // A consumer that never waits would keep everything else from running until it has caught up.
      if (passed < log.tail()) await breath();
    } else if (!saidCaughtUp) {
      saidCaughtUp = true;
      yield { kind: 'caught-up', position: passed === 0 ? null : log.positionOf(passed) };
    } else {
      await log.grown(signal);
    }
  }
}
