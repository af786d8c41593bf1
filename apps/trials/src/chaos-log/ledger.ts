import type { ExpectedRevision, NewEvent, Position, StreamName } from '@onedoor/engine';

/** An append that was acknowledged. */
export interface Acknowledged {
  readonly stream: StreamName;
  /** The ids of its events, in order. */
  readonly ids: readonly string[];
  /** Those of its last event, as they were answered. */
  readonly revision: number;
  readonly position: Position;
}

/** What became of the ids that were sent and never acknowledged. */
export type Unacknowledged =
  /** It was never answered whether they were written. */
  | 'in-doubt'
  /** They were refused, so they must not be there. */
  | 'refused';

/**
 * The trial's own record of what the log acknowledged: all that it answers later is held against it. A caller takes the `mark` before
 * it asks the log; what was acknowledged before the mark must be in the answer.
 */
export class LogLedger {
  private readonly appends: Acknowledged[] = [];
  private readonly idsByStream = new Map<StreamName, (string | undefined)[]>();
  readonly unacknowledged = new Map<string, Unacknowledged>();
  private lastPosition: Position | null = null;
  private eventCount = 0;

  /** Events that were acknowledged. */
  get events(): number {
    return this.eventCount;
  }

  get mark(): number {
    return this.appends.length;
  }

  /** The last position that was acknowledged. */
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

  /** Notes what became of events that were not acknowledged. */
  note(events: readonly NewEvent[], outcome: Unacknowledged): void {
    for (const { id } of events) this.unacknowledged.set(id, outcome);
  }

  /** The revision that a stream is known to have. */
  headOf(stream: StreamName): ExpectedRevision {
    const ids = this.idsByStream.get(stream);
    return ids === undefined ? 'no-stream' : ids.length - 1;
  }

  /** The ids of a stream by their revisions; undefined where what stands there was not acknowledged. */
  idsOf(stream: StreamName): readonly (string | undefined)[] {
    return this.idsByStream.get(stream) ?? [];
  }

  /** What was acknowledged before a mark and stands behind a position. */
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
