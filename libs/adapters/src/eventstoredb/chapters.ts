import type { LoggedEvent } from './tail.js';

/** About thirty megabytes of what a city writes. */
const EVENTS_MAX = 16_384;

/** A stretch of the log: every event after a place, up to the last one here. Nothing ever comes in between, so it stays true. */
interface Chapter {
  readonly after: bigint;
  readonly through: bigint;
  readonly events: readonly LoggedEvent[];
}

/**
 * What was read of the log lately, for all who read it in one process: a dozen followers that catch up side by side would otherwise
 * have the server tell, and decode, every event a dozen times.
 */
export class Chapters {
  readonly #chapters: Chapter[] = [];
  #kept = 0;

  /** The events that are known to come right after a place; null where nothing is known. */
  after(place: bigint): readonly LoggedEvent[] | null {
    const chapter = this.#chapters.findLast(({ after, through }) => after <= place && place < through);
    if (chapter === undefined) return null;
    return chapter.after === place ? chapter.events : chapter.events.filter((event) => event.place > place);
  }

  /** Keeps what came right after a place, and evicts the oldest chapters beyond the bound. */
  keep(after: bigint, events: readonly LoggedEvent[]): void {
    const through = events.at(-1)?.place;
    if (through === undefined) return;
    this.#chapters.push({ after, through, events });
    this.#kept += events.length;
    while (this.#kept > EVENTS_MAX) this.#kept -= this.#chapters.shift()?.events.length ?? 0;
  }
}
