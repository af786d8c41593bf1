import type { Contribution } from './contribution.js';

/** Sums that add up, over any cases and any days. */
export interface Totals {
  readonly opened: number;
  /** Of those opened, the ones that were never promised an end. */
  readonly withoutAgreement: number;
  /** Finally resolved: a case that was opened again counts with its last round, and not at all while that is open. */
  readonly closed: number;
  /** Promises that fall due: every one of them is met, missed, void, or still open. */
  readonly due: number;
  readonly met: number;
  readonly missed: number;
  /** Of those missed, the ones whose breach was excused. */
  readonly excused: number;
  readonly void: number;
  /** Milestones of departments beside the resolution: those reached in time, and those not. */
  readonly milestonesMet: number;
  readonly milestonesMissed: number;
  /** How long those closed took: whole minutes, and how many took just as long, shortest first. */
  readonly durations: readonly Duration[];
}

export type Duration = readonly [minutes: number, cases: number];

export const NO_TOTALS: Totals = {
  opened: 0,
  withoutAgreement: 0,
  closed: 0,
  due: 0,
  met: 0,
  missed: 0,
  excused: 0,
  void: 0,
  milestonesMet: 0,
  milestonesMissed: 0,
  durations: [],
};

/** What cases contribute, summed. */
export function totalsOf(contributions: readonly Contribution[]): Totals {
  const opened = contributions.filter(({ kind }) => kind === 'opened');
  const closed = contributions.filter((one) => one.kind === 'closed');
  const due = contributions.filter((one) => one.kind === 'due');
  const milestones = contributions.filter((one) => one.kind === 'milestone');
  const judged = (verdict: string): number => due.filter((one) => one.verdict === verdict).length;
  return {
    opened: opened.length,
    withoutAgreement: opened.filter((one) => one.kind === 'opened' && !one.isPromised).length,
    closed: closed.length,
    due: due.length,
    met: judged('met'),
    missed: judged('missed'),
    excused: due.filter((one) => one.isExcused).length,
    void: judged('void'),
    milestonesMet: milestones.filter(({ isMet }) => isMet).length,
    milestonesMissed: milestones.filter(({ isMet }) => !isMet).length,
    durations: merged(closed.map(({ minutes }) => [minutes, 1])),
  };
}

/** The sum of sums. */
export function addTotals(totals: readonly Totals[]): Totals {
  const sum = (field: Exclude<keyof Totals, 'durations'>): number => totals.reduce((total, one) => total + one[field], 0);
  return {
    opened: sum('opened'),
    withoutAgreement: sum('withoutAgreement'),
    closed: sum('closed'),
    due: sum('due'),
    met: sum('met'),
    missed: sum('missed'),
    excused: sum('excused'),
    void: sum('void'),
    milestonesMet: sum('milestonesMet'),
    milestonesMissed: sum('milestonesMissed'),
    durations: merged(totals.flatMap(({ durations }) => durations)),
  };
}

/** The shortest duration that at least this share of the cases did not exceed (nearest rank); null where there are none. */
export function percentile(durations: readonly Duration[], share: number): number | null {
  const cases = durations.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(share * cases));
  for (const [minutes, count] of durations) {
    rank -= count;
    if (rank <= 0) return minutes;
  }
  return null;
}

function merged(durations: readonly Duration[]): readonly Duration[] {
  const cases = new Map<number, number>();
  for (const [minutes, count] of durations) cases.set(minutes, (cases.get(minutes) ?? 0) + count);
  return [...cases].sort(([one], [other]) => one - other);
}
