import type { Position, RecordedEvent, SubscriptionSignal } from '@onedoor/engine';
import type { Acknowledged } from './ledger.js';
import { isWanted } from './wrong-answers.js';

/** The events that one follower received over all its subscriptions, each of which resumes where the one before ended. */
export class ReceivedEvents {
  private readonly ids = new Set<string>();
  private lastReceived: Position | null;
  private at: Position | null;
  private repetitions = 0;

  constructor(
    readonly from: Position | null,
    readonly categories: readonly string[] | null,
  ) {
    this.lastReceived = from;
    this.at = from;
  }

  /** The position from which the next subscription resumes. */
  get position(): Position | null {
    return this.at;
  }

  /** Events received again, or after a later one. */
  get repeated(): number {
    return this.repetitions;
  }

  take(signal: SubscriptionSignal): void {
    if (signal.kind === 'page') for (const event of signal.events) this.takeEvent(event);
    this.at = signal.position;
  }

  /** The number of wanted events among these that were not received. */
  missedOf(appends: Iterable<Acknowledged>): number {
    let missed = 0;
    for (const { stream, ids } of appends) if (isWanted(stream, this.categories)) missed += ids.filter((id) => !this.ids.has(id)).length;
    return missed;
  }

  /** The same for the final log. */
  missedOfLog(events: readonly RecordedEvent[]): number {
    const { from } = this;
    const wanted = events.filter(({ stream, position }) => isWanted(stream, this.categories) && (from === null || position > from));
    return wanted.filter(({ id }) => !this.ids.has(id)).length;
  }

  private takeEvent({ id, position }: RecordedEvent): void {
    if (this.ids.has(id) || (this.lastReceived !== null && position <= this.lastReceived)) this.repetitions += 1;
    else this.lastReceived = position;
    this.ids.add(id);
  }
}
