import type { Position, RecordedEvent, SubscriptionSignal } from '@onedoor/engine';
import type { Acknowledged } from './ledger.js';
import { isAskedFor } from './wrong-answers.js';

/** What one follower was told over all its subscriptions, each of which goes on where the one before ended. */
export class Told {
  private readonly ids = new Set<string>();
  private lastTold: Position | null;
  private at: Position | null;
  private repetitions = 0;

  constructor(
    readonly from: Position | null,
    readonly categories: readonly string[] | null,
  ) {
    this.lastTold = from;
    this.at = from;
  }

  /** Where the next subscription goes on. */
  get position(): Position | null {
    return this.at;
  }

  /** Events that were told again, or after a later one. */
  get repeated(): number {
    return this.repetitions;
  }

  take(signal: SubscriptionSignal): void {
    if (signal.kind === 'page') for (const event of signal.events) this.takeEvent(event);
    this.at = signal.position;
  }

  /** The events among these that it was to be told and was not. */
  missedOf(appends: Iterable<Acknowledged>): number {
    let missed = 0;
    for (const { stream, ids } of appends) if (isAskedFor(stream, this.categories)) missed += ids.filter((id) => !this.ids.has(id)).length;
    return missed;
  }

  /** The same of the log as it was in the end. */
  missedOfLog(events: readonly RecordedEvent[]): number {
    const { from } = this;
    const wanted = events.filter(({ stream, position }) => isAskedFor(stream, this.categories) && (from === null || position > from));
    return wanted.filter(({ id }) => !this.ids.has(id)).length;
  }

  private takeEvent({ id, position }: RecordedEvent): void {
    if (this.ids.has(id) || (this.lastTold !== null && position <= this.lastTold)) this.repetitions += 1;
    else this.lastTold = position;
    this.ids.add(id);
  }
}
