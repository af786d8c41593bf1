import { type Position, VoidPosition } from '@onedoor/engine';

const DIGITS = 16;

/** `<incarnation>:<number>`, the number as wide as the largest safe integer, so that positions compare as strings. */
export const positionOf = (incarnation: string, place: number): Position => `${incarnation}:${String(place).padStart(DIGITS, '0')}`;

/** The place that a position names in the log of this incarnation: 0 before the first event. Throws `VoidPosition` for any other log. */
export function placeOf(incarnation: string, position: Position | null, tail: number): number {
  if (position === null) return 0;
  if (!position.startsWith(`${incarnation}:`)) throw new VoidPosition(`${position} is not of the log ${incarnation}`);
  const place = Number(position.slice(incarnation.length + 1));
  if (!Number.isSafeInteger(place) || place < 0) throw new VoidPosition(`${position} names no place`);
  if (place > tail) throw new VoidPosition(`${position} lies beyond the end of the log ${incarnation}: it lost events`);
  return place;
}
