/** One figure and its floor: the figure of the same machine, in the same run, without the part under measurement. */
export interface Measurement {
  readonly row: string;
  readonly metric: string;
  readonly value: number;
  /** Null for a figure without a floor. */
  readonly floor: number | null;
  readonly ratio: number | null;
  readonly goal: number | null;
  readonly met: boolean | null;
}

/** The ratio, or without a floor the value, must reach the goal or not exceed it. */
type Goal = { readonly atLeast: number } | { readonly atMost: number };

export function measurement(
  row: string,
  metric: string,
  value: number,
  floor: number | null = null,
  goal: Goal | null = null,
): Measurement {
  const ratio = floor === null ? null : value / floor;
  const judged = ratio ?? value;
  const met = goal === null ? null : 'atLeast' in goal ? judged >= goal.atLeast : judged <= goal.atMost;
  return {
    row,
    metric,
    value: round(value),
    floor: floor === null ? null : round(floor),
    ratio: ratio === null ? null : round(ratio),
    goal: goal === null ? null : 'atLeast' in goal ? goal.atLeast : goal.atMost,
    met,
  };
}

/** The value below which a share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The best of several rounds: the one that was disturbed least. */
export const best = (figures: readonly number[]): number => Math.max(...figures);

const round = (value: number): number => Number(value.toPrecision(4));
