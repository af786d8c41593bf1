import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { type Position, VoidPosition } from '@onedoor/engine';

/** The server counts bytes of its log, in 63 bits. */
const DIGITS = 20;
const ID_DIGITS = 8;
/** Positions of earlier releases end with the number. */
const FORM = /^(\d{20})(?::([0-9a-f]{8}))?$/;

/** Where an event stands. */
export interface Place {
  /** The byte of the server's log at which it begins. */
  readonly commit: bigint;
  /** The beginning of its id: after a restore the same byte is used again for another event. Null where it is not known. */
  readonly id: string | null;
}

/** `<incarnation>:<commit>:<id>`, the number as wide as it can become, so that positions compare as strings. */
export const positionOf = (incarnation: string, { commit, id }: Place): Position =>
  `${incarnation}:${String(commit).padStart(DIGITS, '0')}${id === null ? '' : `:${id}`}`;

export const placeOfEvent = (commit: bigint, eventId: string): Place => ({ commit, id: eventId.slice(0, ID_DIGITS) });

/** Whether it is the event of that place; by the commit alone where the place has no id. */
export const standsAt = (event: ServerEvent, { commit, id }: Place): boolean =>
  event.position?.commit === commit && (id === null || event.id.startsWith(id));

/** The place that a position names. Throws `VoidPosition` for a position of any other incarnation. */
export function placeOf(incarnation: string, position: Position): Place {
  if (!position.startsWith(`${incarnation}:`)) throw new VoidPosition(`${position} is not of the log ${incarnation}`);
  const [, commit, id] = FORM.exec(position.slice(incarnation.length + 1)) ?? [];
  if (commit === undefined) throw new VoidPosition(`${position} names no place`);
  return { commit: BigInt(commit), id: id ?? null };
}
