import type { Position } from '@onedoor/engine';

/** A distance beyond the end of any trial's log. */
const BEYOND = 10n ** 15n;

/**
 * Positions of no event, derived from two valid ones: with the id of another event, at a byte where no event begins, beyond the end, and
 * of another log. Each must be answered as void. Positions have the adapter's form `<incarnation>:<commit>:<id>`.
 */
export function voidPositionsOf(position: Position, other: Position): readonly Position[] {
  const [incarnation = '', commit = '', id = ''] = position.split(':');
  const [, , otherId = ''] = other.split(':');
  const at = (place: bigint): Position => `${incarnation}:${String(place).padStart(commit.length, '0')}:${id}`;
  const reversed = [...incarnation].reverse().join('');
  return [
    ...(otherId !== id ? [`${incarnation}:${commit}:${otherId}`] : []),
    at(BigInt(commit) + 1n),
    at(BigInt(commit) + BEYOND),
    ...(reversed !== incarnation ? [`${reversed}:${commit}:${id}`] : []),
  ];
}
