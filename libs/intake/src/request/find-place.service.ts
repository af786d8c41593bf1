import { hash } from 'node:crypto';
import { deterministicId, streamOf, type EventStore, type RecordedEvent } from '@onedoor/engine';
import { dayNumberOf, makeReference, REFERENCE_RANDOM_BITS, type Instant, type Reference } from '@onedoor/kernel';
import { localDateOf } from '@onedoor/sla';
import { SERVICE_REQUEST } from '../aggregates.js';

/** A place for a request: where it stands already (`first` is its first event), or where it may go. */
export interface Place {
  readonly reference: Reference;
  readonly first: RecordedEvent | null;
}

/** References tried on one day before giving up: with 35 random bits, a second one is already rare. */
const NONCES = 8;

/** Where the command's request stands on any of these days, else the first free place of the last day. Null: none is free. */
export async function findPlace(store: EventStore, days: readonly number[], commandId: string): Promise<Place | null> {
  let free: Reference | null = null;
  for (const day of days) {
    free = null;
    for (let nonce = 0; nonce < NONCES && free === null; nonce++) {
      const reference = makeReference(day, bitsOf(commandId, nonce));
      const [first] = await store.read(streamOf(SERVICE_REQUEST, reference), 0, 1);
      if (first === undefined) free = reference;
      else if (first.metadata.commandId === commandId) return { reference, first };
    }
  }
  return free === null ? null : { reference: free, first: null };
}

/** The reference that a caller's key got for a request of an instant; null when there is none. */
export async function findSubmitted(
  store: EventStore,
  zone: string,
  submission: { readonly caller: string; readonly key: string; readonly at: Instant },
): Promise<Reference | null> {
  const day = dayNumberOf(localDateOf(submission.at, zone));
  if (day === null) return null;
  const place = await findPlace(store, candidateDays(day), submissionId(submission.caller, submission.key));
  return place === null || place.first === null ? null : place.reference;
}

/** The id of the command that submits under a key: the same for every retry. */
export const submissionId = (caller: string, key: string): string => deterministicId('submit', caller, key);

/** A key holds over midnight: yesterday's candidates are looked at first. */
export const candidateDays = (today: number): readonly number[] => (today === 0 ? [today] : [today - 1, today]);

/** 35 bits of a hash of the command and a nonce. */
function bitsOf(commandId: string, nonce: number): number {
  const hex = hash('sha256', `${commandId}\u0000${nonce}`, 'hex');
  return Number.parseInt(hex.slice(0, 9), 16) % 2 ** REFERENCE_RANDOM_BITS;
}
