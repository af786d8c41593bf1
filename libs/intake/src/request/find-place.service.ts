import { hash } from 'node:crypto';
import { deterministicId, streamOf, type EventStore, type RecordedEvent } from '@onedoor/engine';
import { dayNumberOf, makeReference, REFERENCE_DAYS as DAYS, REFERENCE_RANDOM_BITS, type Instant, type Reference } from '@onedoor/kernel';
import { localDateOf } from '@onedoor/sla';
import { SERVICE_REQUEST } from '../aggregates.js';

/** A place for a request: where it stands already (`first` is its first event), or where it may go. */
export interface Place {
  readonly reference: Reference;
  readonly first: RecordedEvent | null;
}

/** References tried on one day before giving up: with 35 random bits, a second one is already rare. */
const NONCES = 8;

/**
 * Where the command's request stands on any of these days, else the first free place of `day`. Null: none is free. The days are looked at
 * side by side, so that each further one costs no time.
 */
export async function findPlace(store: EventStore, day: number, commandId: string, days: readonly number[] = [day]): Promise<Place | null> {
  const places = await Promise.all(days.map((each) => placeOn(store, each, commandId)));
  return places.find((place) => place !== null && place.first !== null) ?? places[days.indexOf(day)] ?? null;
}

/** Where the command's request stands on one day, else the first free place of it. */
async function placeOn(store: EventStore, day: number, commandId: string): Promise<Place | null> {
  for (let nonce = 0; nonce < NONCES; nonce++) {
    const reference = makeReference(day, bitsOf(commandId, nonce));
    const [first] = await store.read(streamOf(SERVICE_REQUEST, reference), 0, 1);
    if (first === undefined) return { reference, first: null };
    if (first.metadata.commandId === commandId) return { reference, first };
  }
  return null;
}

/** The reference that a caller's key got for a request of an instant; null when there is none. */
export async function findSubmitted(
  store: EventStore,
  zone: string,
  submission: { readonly caller: string; readonly key: string; readonly at: Instant },
): Promise<Reference | null> {
  const day = dayNumberOf(localDateOf(submission.at, zone));
  if (day === null) return null;
  const place = await findPlace(store, day, submissionId(submission.caller, submission.key), candidateDays(day));
  return place === null || place.first === null ? null : place.reference;
}

/** The id of the command that submits under a key: the same for every retry. */
export const submissionId = (caller: string, key: string): string => deterministicId('submit', caller, key);

/** A key holds over midnight, in both directions: the clock that the first attempt went by may be set back, or be another machine's. */
export const candidateDays = (day: number): readonly number[] => [day - 1, day, day + 1].filter((each) => each >= 0 && each < DAYS);

/** 35 bits of a hash of the command and a nonce. */
function bitsOf(commandId: string, nonce: number): number {
  const hex = hash('sha256', `${commandId}\u0000${nonce}`, 'hex');
  return Number.parseInt(hex.slice(0, 9), 16) % 2 ** REFERENCE_RANDOM_BITS;
}
