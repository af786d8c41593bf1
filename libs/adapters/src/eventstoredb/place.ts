import { type Position, VoidPosition } from '@onedoor/engine';

/** The server counts bytes of its log, in 63 bits. */
const DIGITS = 20;
const NUMBER = /^\d{20}$/;

/** `<incarnation>:<commit>`, the number as wide as it can become, so that positions compare as strings. */
export const positionOf = (incarnation: string, place: bigint): Position => `${incarnation}:${String(place).padStart(DIGITS, '0')}`;

/** The byte of the server's log that a position names. Throws `VoidPosition` for a position of any other incarnation. */
export function placeOf(incarnation: string, position: Position): bigint {
  const number = position.slice(incarnation.length + 1);
  if (!position.startsWith(`${incarnation}:`)) throw new VoidPosition(`${position} is not of the log ${incarnation}`);
  if (!NUMBER.test(number)) throw new VoidPosition(`${position} names no place`);
  return BigInt(number);
}
