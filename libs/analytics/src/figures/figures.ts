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
  /** From submission to final resolution; null where nothing was closed. */
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

const isNothing = ({ opened, closed, due, milestonesMet, milestonesMissed }: Totals): boolean =>
  opened + closed + due + milestonesMet + milestonesMissed === 0;

function rowOf(
  { opened, closed, due, met, missed, excused, void: voided, withoutAgreement, milestonesMet, milestonesMissed, durations }: Totals,
  backlog: number,
): FiguresRow {
  return {
    opened,
    closed,
    backlog,
    due,
    met,
    missed,
    excused,
    void: voided,
    onTime: met + missed === 0 ? null : rounded(met / (met + missed), 4),
    withoutAgreement,
    milestonesMet,
    milestonesMissed,
    medianDays: days(percentile(durations, 0.5)),
    p90Days: days(percentile(durations, 0.9)),
  };
}

const days = (minutes: number | null): number | null => (minutes === null ? null : rounded(minutes / MINUTES_OF_A_DAY, 3));

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
