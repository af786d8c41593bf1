import type { Aggregate } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant, type Reference } from '@onedoor/kernel';

/** A request's history was read, as it was known at `asOf` (null: all of it). The reader is the actor in the event's metadata. */
export type HistoryRead = DomainEvent<'HistoryRead', { readonly reference: Reference; readonly asOf: Instant | null }>;

export interface RecordReading {
  readonly type: 'RecordReading';
  readonly at: Instant;
  readonly reference: Reference;
  readonly asOf: Instant | null;
}

export interface AccessLog {
  readonly readings: number;
}

const ACCESS_LOG_SHAPES = { HistoryRead: { v: 1 } } as const;

/**
 * Who read whose history: stream `reading-<reference>.<month>`, the only category that audit writes. A stream holds one month, which
 * bounds that of a case that is read often. Every reading is recorded; none is refused.
 */
export const ACCESS_LOG: Aggregate<AccessLog, RecordReading, HistoryRead> = {
  category: 'reading',
  shapes: ACCESS_LOG_SHAPES,
  decider: {
    initial: { readings: 0 },
    decide: ({ at, reference, asOf }) => accept<HistoryRead>({ type: 'HistoryRead', at, data: { reference, asOf } }),
    evolve: ({ readings }) => ({ readings: readings + 1 }),
  } satisfies Decider<AccessLog, RecordReading, HistoryRead>,
};

/** The log of one month, in UTC. */
export const accessLogId = (reference: Reference, at: Instant): string => `${reference}.${at.slice(0, 7)}`;

/** One sentence for an event, for people who read its history. */
export const describeReading = ({ data: { reference, asOf } }: HistoryRead): string =>
  `History of ${reference} read${asOf === null ? '' : `, as of ${asOf}`}`;
