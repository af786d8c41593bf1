import type { LoggedEvent } from './tail.js';

/** About thirty megabytes of what a city writes. */
const EVENTS_MAX = 16_384;

/** A range of the log: every event after a place, up to the last one here. The log is append-only, so a range never changes. */
interface Range {
  readonly after: bigint;
  readonly through: bigint;
  readonly events: readonly LoggedEvent[];
}

/**
 * The ranges of the log that were read last, for all followers of one process: a dozen that catch up side by side would otherwise
 * read and decode every event a dozen times.
 */
export class ReadCache {
  readonly #ranges: Range[] = [];
  #size = 0;

  /** The events that are known to come right after a place; null where nothing is known. */
  after(place: bigint): readonly LoggedEvent[] | null {
    const range = this.#ranges.findLast(({ after, through }) => after <= place && place < through);
    if (range === undefined) return null;
    return range.after === place ? range.events : range.events.filter((event) => event.place > place);
  }

  /** Adds what came right after a place, and evicts the oldest ranges beyond the bound. */
  add(after: bigint, events: readonly LoggedEvent[]): void {
    const through = events.at(-1)?.place;
    if (through === undefined) return;
    this.#ranges.push({ after, through, events });
    this.#size += events.length;
    while (this.#size > EVENTS_MAX) this.#size -= this.#ranges.shift()?.events.length ?? 0;
  }
}
