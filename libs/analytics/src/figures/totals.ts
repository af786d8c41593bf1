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
  /** Of those closed, the ones of which nothing was asked: they are in no duration. */
  readonly closedVoid: number;
  /** Of those closed, by how they ended. */
  readonly fixed: number;
  readonly fixedFirstTime: number;
  readonly invalid: number;
  readonly noAccess: number;
  readonly declined: number;
  /** Of those due and not void, the ones whose reporter was told another date, and of these the ones that ended by it. */
  readonly revised: number;
  readonly newDateKept: number;
  /** What departments gave back, and of this what is charged to 311. */
  readonly returned: number;
  readonly returnsCharged: number;
  /** How long those closed took, but for the void ones: whole minutes, and how many took just as long, shortest first. */
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
  closedVoid: 0,
  fixed: 0,
  fixedFirstTime: 0,
  invalid: 0,
  noAccess: 0,
  declined: 0,
  revised: 0,
  newDateKept: 0,
  returned: 0,
  returnsCharged: 0,
  durations: [],
};

/** What cases contribute, summed. */
export function totalsOf(contributions: readonly Contribution[]): Totals {
  const opened = contributions.filter(({ kind }) => kind === 'opened');
  const closed = contributions.filter((one) => one.kind === 'closed');
  const due = contributions.filter((one) => one.kind === 'due');
  const returned = contributions.filter((one) => one.kind === 'returned');
  const endedAs = (outcome: string): number => closed.filter((one) => one.outcome === outcome).length;
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
    closedVoid: closed.filter(({ isVoid }) => isVoid).length,
    fixed: endedAs('fixed'),
    fixedFirstTime: closed.filter(({ outcome, isFirstTime }) => outcome === 'fixed' && isFirstTime).length,
    invalid: endedAs('invalid'),
    noAccess: endedAs('no_access'),
    declined: endedAs('declined'),
    revised: due.filter(({ newDate }) => newDate !== null).length,
    newDateKept: due.filter(({ newDate }) => newDate === 'kept').length,
    returned: returned.length,
    returnsCharged: returned.filter(({ isCharged }) => isCharged).length,
    durations: merged(closed.filter(({ isVoid }) => !isVoid).map(({ minutes }) => [minutes, 1])),
  };
}

/** The sum of sums. */
export function addTotals(totals: readonly Totals[]): Totals {
  const sums = { ...NO_TOTALS } as { -readonly [Field in keyof Totals]: Totals[Field] };
  for (const field of COUNTS) for (const one of totals) sums[field] += one[field];
  return { ...sums, durations: merged(totals.flatMap(({ durations }) => durations)) };
}

type Count = Exclude<keyof Totals, 'durations'>;
const COUNTS = Object.keys(NO_TOTALS).filter((field): field is Count => field !== 'durations');

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
