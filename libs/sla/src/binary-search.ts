/**
 * The smallest whole number from `low` up to `high` for which a condition holds, by binary search; `high` where it holds for none
 * below. Once the condition holds for a number, it must hold for all greater ones.
 */
export function firstWhere(low: number, high: number, holds: (candidate: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
