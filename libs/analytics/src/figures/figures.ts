import type { LocalDate } from '../fact/events.js';
import type { Leaf } from './leaf.js';
import { monthsOf, periodAt, type Period } from './period.js';
import { addTotals, percentile, type Totals } from './totals.js';

/** By what figures can be told apart. */
export const DIMENSIONS = ['department', 'service', 'month'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Which figures are wanted: local days of the city, both inclusive. */
export interface FiguresQuery {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** In the order of the columns; none gives one row for the whole city. */
  readonly by: readonly Dimension[];
}

/** The figures of one group. What each means stands in the glossary. */
export interface FiguresRow {
  /** Absent where figures are not told apart by it; null in triage. */
  readonly department?: string | null;
  readonly service?: string;
  readonly month?: Period;
  readonly opened: number;
  readonly closed: number;
  /** Open at the end of the period, or of the month. */
  readonly backlog: number;
  readonly due: number;
  readonly met: number;
  readonly missed: number;
  /** Of those missed, the ones whose breach was excused; they stay missed. */
  readonly excused: number;
  readonly void: number;
  /** Met, of those met or missed, from 0 to 1; null where there are none. */
  readonly onTime: number | null;
  readonly withoutAgreement: number;
  /** Milestones of departments beside the resolution that fell due in the period: reached in time, or not. */
  readonly milestonesMet: number;
  readonly milestonesMissed: number;
  /** Of those closed, the ones of which nothing was asked of the city. */
  readonly closedVoid: number;
  /** Of those closed as fixed, the ones never reopened as not fixed, from 0 to 1; null where none was fixed. */
  readonly fixedFirstTime: number | null;
  /** Of those closed, from 0 to 1, the ones that ended so; null where nothing was closed. */
  readonly invalidShare: number | null;
  readonly noAccessShare: number | null;
  readonly declinedShare: number | null;
  /** Promises due, and not void, whose reporter was told another date; and of these the ones that ended by it. */
  readonly revised: number;
  readonly newDateKept: number;
  /** Cases that a department gave back in the period; and of these returns the ones charged to 311. */
  readonly returned: number;
  readonly returnsCharged: number;
  /** From submission to final resolution, of those closed and not void; null where there are none. */
  readonly medianDays: number | null;
  readonly p90Days: number | null;
}

/** Cases that a group had open when the period began, and its leaves in the period by month, or all together under `''`. */
interface Group {
  readonly labels: Pick<FiguresRow, 'department' | 'service'>;
  openBefore: number;
  readonly months: Map<Period, Leaf[]>;
}

const MINUTES_OF_A_DAY = 1_440;

/** The table of figures from the leaves that cover the period, and those that cover everything before it. Rows of zeros are left out. */
export function figuresOf({ from, to, by }: FiguresQuery, inPeriod: readonly Leaf[], beforePeriod: readonly Leaf[]): readonly FiguresRow[] {
  const byMonth = by.includes('month');
  const groups = new Map<string, Group>();
  for (const leaf of beforePeriod) groupOf(groups, by, leaf).openBefore += leaf.opened - leaf.closed;
  for (const leaf of inPeriod) {
    const { months } = groupOf(groups, by, leaf);
    const month = byMonth ? periodAt('month', leaf.period) : '';
    const leaves = months.get(month);
    if (leaves === undefined) months.set(month, [leaf]);
    else leaves.push(leaf);
  }
  const months = byMonth ? monthsOf(from, to) : [''];
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, group]) => rowsOf(group, months, byMonth));
}

function groupOf(groups: Map<string, Group>, by: readonly Dimension[], { department, service }: Leaf): Group {
  const labels = { ...(by.includes('department') && { department }), ...(by.includes('service') && { service }) };
  const key = JSON.stringify(by.map((dimension) => (dimension === 'month' ? null : labels[dimension])));
  const group = groups.get(key) ?? { labels, openBefore: 0, months: new Map<Period, Leaf[]>() };
  groups.set(key, group);
  return group;
}

function rowsOf({ labels, openBefore, months: leaves }: Group, months: readonly Period[], byMonth: boolean): readonly FiguresRow[] {
  const rows: FiguresRow[] = [];
  let backlog = openBefore;
  for (const month of months) {
    const totals = addTotals(leaves.get(month) ?? []);
    backlog += totals.opened - totals.closed;
    if (backlog === 0 && isNothing(totals)) continue;
    rows.push({ ...labels, ...(byMonth && { month }), ...rowOf(totals, backlog) });
  }
  return rows;
}

const isNothing = ({ opened, closed, due, milestonesMet, milestonesMissed, returned }: Totals): boolean =>
  opened + closed + due + milestonesMet + milestonesMissed + returned === 0;

function rowOf(totals: Totals, backlog: number): FiguresRow {
  const { opened, closed, due, met, missed, excused, void: voided, withoutAgreement, durations } = totals;
  const { milestonesMet, milestonesMissed, closedVoid, revised, newDateKept, returned, returnsCharged } = totals;
  return {
    opened,
    closed,
    backlog,
    due,
    met,
    missed,
    excused,
    void: voided,
    onTime: share(met, met + missed),
    withoutAgreement,
    medianDays: days(percentile(durations, 0.5)),
    p90Days: days(percentile(durations, 0.9)),
    milestonesMet,
    milestonesMissed,
    closedVoid,
    fixedFirstTime: share(totals.fixedFirstTime, totals.fixed),
    invalidShare: share(totals.invalid, closed),
    noAccessShare: share(totals.noAccess, closed),
    declinedShare: share(totals.declined, closed),
    revised,
    newDateKept,
    returned,
    returnsCharged,
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : rounded(part / whole, 4));

const days = (minutes: number | null): number | null => (minutes === null ? null : rounded(minutes / MINUTES_OF_A_DAY, 3));

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
