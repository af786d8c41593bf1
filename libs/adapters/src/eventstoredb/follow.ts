import { setImmediate as nextTurn } from 'node:timers/promises';
import { categoryOf, type Position, type SubscribeOptions, type SubscriptionSignal } from '@onedoor/engine';
import type { LoggedEvent } from './tail.js';

const PAGE_SIZE = 512;
/** Filtered events after which an empty page comes, so that a restart need not pass them again. */
const EVENTS_PER_EMPTY_PAGE = 4_096;

export interface ReadAnswer {
  readonly events: readonly LoggedEvent[];
  /** There were no more than these. */
  readonly isEnd: boolean;
}

/** The log as a subscription sees it. Every answer is bounded. */
export interface FollowedLog {
  /** The place after which to begin. Throws `VoidPosition`. */
  startOf(position: Position | null, signal: AbortSignal): Promise<bigint>;
  /** The next events, from the server. */
  read(after: bigint, signal: AbortSignal): Promise<ReadAnswer>;
  /** Waits for more events and returns them, from memory where possible; sometimes none. */
  more(after: bigint, signal: AbortSignal): Promise<readonly LoggedEvent[]>;
  isClosed(): boolean;
}

/**
 * A subscription that polls for its pages: it holds no call open while its consumer works, and at most one answer of the server in
 * memory. `caught-up` comes only after the server itself had no more events.
 */
export async function* follow(log: FollowedLog, options: SubscribeOptions): AsyncGenerator<SubscriptionSignal, void, undefined> {
  const { signal } = options;
  const isOver = () => signal.aborted || log.isClosed();
  const pages = new Pages(options);
  try {
    if (isOver()) return;
    let place = await log.startOf(options.after, signal);
    let isEnd = false;
    while (!isOver()) {
      const answer: ReadAnswer = isEnd ? { events: await log.more(place, signal), isEnd } : await log.read(place, signal);
      for (const page of pages.of(answer.events)) {
        if (isOver()) return;
        yield page;
      }
      if (isOver()) return;
      place = answer.events.at(-1)?.place ?? place;
      if (answer.isEnd && !isEnd) yield { kind: 'caught-up', position: pages.position };
      isEnd = answer.isEnd;
      // A consumer that never waits would keep everything else from running.
      await nextTurn();
    }
  } catch (error) {
    if (!isOver()) throw error;
  }
}

/** Cuts the events of the log into pages of the wanted ones. */
class Pages {
  readonly #categories: ReadonlySet<string> | null;
  readonly #size: number;
  #unwanted = 0;
  /** That of the last event passed. */
  position: Position | null;

  constructor({ after, categories, pageSize = PAGE_SIZE }: SubscribeOptions) {
    this.#categories = categories ? new Set(categories) : null;
    this.#size = pageSize;
    this.position = after;
  }

  *of(logged: readonly LoggedEvent[]): Generator<SubscriptionSignal> {
    let events = [];
    for (const { event } of logged) {
      if (event === null) continue;
      if (this.#categories === null || this.#categories.has(categoryOf(event.stream))) {
        if (events.length === this.#size) {
          yield this.#page(events);
          events = [];
        }
        events.push(event);
      } else this.#unwanted += 1;
      this.position = event.position;
    }
    if (events.length > 0 || this.#unwanted >= EVENTS_PER_EMPTY_PAGE) yield this.#page(events);
  }

  #page(events: (SubscriptionSignal & { kind: 'page' })['events']): SubscriptionSignal {
    this.#unwanted = 0;
    return { kind: 'page', events, position: this.position ?? '' };
  }
}
