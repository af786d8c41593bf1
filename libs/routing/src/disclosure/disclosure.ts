import type { Aggregate } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant, type Reference } from '@onedoor/kernel';

/** What of a case is sealed: the details of a report that is not public, what its reporter wrote, and the notes of staff. */
export type SealedPart = 'details' | 'description' | 'notes';

/** An employee was shown what is sealed about a case. Who it was is in the event's metadata; what it said is in no event. */
export type SealedTextShown = DomainEvent<'SealedTextShown', { readonly reference: Reference; readonly parts: readonly SealedPart[] }>;

export interface RecordDisclosure {
  readonly type: 'RecordDisclosure';
  readonly at: Instant;
  readonly reference: Reference;
  readonly parts: readonly SealedPart[];
}

/** How often in a month. */
export interface Disclosed {
  readonly times: number;
}

/**
 * Who was shown what of a case was sealed: stream `disclosure-<reference>.<month>`. A stream holds a month, so that a case that is read
 * often fills none. Every disclosure is recorded; none is refused.
 */
export const DISCLOSURE: Aggregate<Disclosed, RecordDisclosure, SealedTextShown> = {
  category: 'disclosure',
  shapes: { SealedTextShown: { v: 1 } },
  decider: {
    initial: { times: 0 },
    decide: ({ at, reference, parts }) => accept<SealedTextShown>({ type: 'SealedTextShown', at, data: { reference, parts } }),
    evolve: ({ times }) => ({ times: times + 1 }),
  } satisfies Decider<Disclosed, RecordDisclosure, SealedTextShown>,
};

/** The log of one month, in UTC. */
export const disclosureId = (reference: Reference, at: Instant): string => `${reference}.${at.slice(0, 7)}`;

export const describeDisclosure = ({ data: { parts } }: SealedTextShown): string => `Was shown what is sealed: ${parts.join(', ')}`;
