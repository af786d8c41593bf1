import type { ExpectedRevision, NewEvent, Position, StreamName } from '@onedoor/engine';

/** An append that was acknowledged. */
export interface Acknowledged {
  readonly stream: StreamName;
  /** The ids of its events, in order. */
  readonly ids: readonly string[];
  /** The answered revision and position of its last event. */
  readonly revision: number;
  readonly position: Position;
}

/** The outcome of events that were sent and not acknowledged. */
type Unacknowledged =
  /** No answer said whether they were written. */
  | 'in-doubt'
  /** Refused, so they must not be in the log. */
  | 'refused';

/**
 * The trial's own record of acknowledged appends, with which later answers of the log are compared. A reader takes the `mark` before its
 * call; every append acknowledged before the mark must be in the answer.
 */
export class LogLedger {
  private readonly appends: Acknowledged[] = [];
  private readonly idsByStream = new Map<StreamName, (string | undefined)[]>();
  readonly unacknowledged = new Map<string, Unacknowledged>();
  private lastPosition: Position | null = null;
  private eventCount = 0;

  /** The number of acknowledged events. */
  get events(): number {
    return this.eventCount;
  }

  get mark(): number {
    return this.appends.length;
  }

  /** The highest acknowledged position. */
  get head(): Position | null {
    return this.lastPosition;
  }

  get streams(): readonly StreamName[] {
    return [...this.idsByStream.keys()];
  }

  acknowledge(append: Acknowledged): void {
    const ids = this.idsByStream.get(append.stream) ?? [];
    for (const [index, id] of append.ids.entries()) ids[append.revision - append.ids.length + 1 + index] = id;
    this.idsByStream.set(append.stream, ids);
    this.appends.push(append);
    this.eventCount += append.ids.length;
    if (this.lastPosition === null || append.position > this.lastPosition) this.lastPosition = append.position;
  }

  /** Records the outcome of events that were not acknowledged. */
  note(events: readonly NewEvent[], outcome: Unacknowledged): void {
    for (const { id } of events) this.unacknowledged.set(id, outcome);
  }

  /** The acknowledged revision of a stream. */
  headOf(stream: StreamName): ExpectedRevision {
    const ids = this.idsByStream.get(stream);
    return ids === undefined ? 'no-stream' : ids.length - 1;
  }

  /** The ids of a stream by revision; undefined where the event was not acknowledged. */
  idsOf(stream: StreamName): readonly (string | undefined)[] {
    return this.idsByStream.get(stream) ?? [];
  }

  /** The appends acknowledged before a mark and positioned after a position. */
  *acknowledgedAfter(after: Position | null, mark = this.mark): Generator<Acknowledged> {
    for (let index = 0; index < mark; index++) {
      const append = this.appends[index];
      if (append !== undefined && (after === null || append.position > after)) yield append;
    }
  }

  /** An append by its number. */
  at(index: number): Acknowledged | undefined {
    return this.appends[index];
  }
}
