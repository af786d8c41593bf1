import type { Aggregate } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant, type Reference } from '@onedoor/kernel';

/** Somebody read a request's history, as it was known at `asOf` (null: all of it). Who it was stands in the event's metadata. */
export type HistoryRead = DomainEvent<'HistoryRead', { readonly reference: Reference; readonly asOf: Instant | null }>;

export interface RecordReading {
  readonly type: 'RecordReading';
  readonly at: Instant;
  readonly reference: Reference;
  readonly asOf: Instant | null;
}

/**
 * Who read whose history: stream `reading-<reference>.<month>`, the only thing that audit writes. A stream holds a month, so
 * that a case everybody looks at fills none. Every reading is a fact; none is refused.
 */
export const ACCESS_LOG: Aggregate<null, RecordReading, HistoryRead> = {
  category: 'reading',
  shapes: { HistoryRead: { v: 1 } },
  decider: {
    initial: null,
    decide: ({ at, reference, asOf }) => accept<HistoryRead>({ type: 'HistoryRead', at, data: { reference, asOf } }),
    evolve: () => null,
  } satisfies Decider<null, RecordReading, HistoryRead>,
};

/** The log of one month, in UTC. */
export const accessLogId = (reference: Reference, at: Instant): string => `${reference}.${at.slice(0, 7)}`;
