import {
  ANALYTICS,
  dayProblem,
  DIMENSIONS,
  figuresCsv,
  readFigures,
  spanProblem,
  type Dimension,
  type FiguresQuery,
  type FiguresRow,
} from '@onedoor/analytics';
import { answer, UserError } from '../answer.js';
import { inspectViews } from '../inspect-views.js';
import { isInUse, openToRead, type DataOptions, type ReadData } from '../open-data.js';

interface FiguresOptions extends DataOptions {
  readonly from: string;
  readonly to: string;
  /** Dimensions, separated by commas; without it there is one row for the whole city. */
  readonly by?: string;
  readonly csv: boolean;
  readonly json: boolean;
}

/** `figures`: the cases opened and closed and the promises kept in a period, from the live views. */
export async function figures({ from, to, by, csv, json, ...where }: FiguresOptions): Promise<void> {
  const query = queryOf(from, to, by);
  if (csv && json) throw new UserError('--csv and --json: only one of them');
  const data = await openToRead(where);
  try {
    await requireUpToDate(data, where);
    const rows = await readFigures(data.readModels, query);
    if (csv) process.stdout.write(figuresCsv(query, rows));
    else answer(json, { ...query, rows }, [`${from} to ${to}`, ...rows.map((row) => lineOf(query.by, row))]);
  } finally {
    await data.close();
  }
}

/** Where nothing runs that would catch up, figures that lack something are no answer. */
async function requireUpToDate(data: ReadData, { profile, data: folder }: DataOptions): Promise<void> {
  if (profile === 'distributed' || isInUse(folder)) return;
  const { projections } = await inspectViews(data, [ANALYTICS]);
  if (projections.some(({ isBehind }) => isBehind)) throw new UserError('The figures are behind the log: start OneDoor, or run rebuild');
}

function queryOf(from: string, to: string, by: string | undefined): FiguresQuery {
  const problem = dayProblem('from', from) ?? dayProblem('to', to) ?? spanProblem(from, to);
  if (problem !== null) throw new UserError(`--${problem}`);
  const dimensions = (by ?? '').split(',').filter((each) => each !== '');
  if (dimensions.some((each) => !DIMENSIONS.includes(each as Dimension)) || new Set(dimensions).size < dimensions.length) {
    throw new UserError(`--by: must be a list of ${DIMENSIONS.join(', ')}, separated by commas, each at most once`);
  }
  return { from, to, by: dimensions as readonly Dimension[] };
}

function lineOf(by: readonly Dimension[], row: FiguresRow): string {
  const { opened, closed, closedVoid, backlog, due, excused, onTime, returned, medianDays, p90Days } = row;
  const labels = by.map((dimension) => row[dimension] ?? 'triage').join(', ') || 'the city';
  const kept = onTime === null ? 'nothing to keep' : `${(onTime * 100).toFixed(1)} % on time`;
  const excuses = excused === 0 ? '' : `, ${excused} excused`;
  const voided = closedVoid === 0 ? '' : ` (${closedVoid} void)`;
  const back = returned === 0 ? '' : `, ${returned} returned`;
  const took = medianDays === null ? '' : `, median ${medianDays} days, p90 ${p90Days} days`;
  return `${labels}: ${opened} opened, ${closed} closed${voided}, backlog ${backlog}, ${due} due, ${kept}${excuses}${back}${took}`;
}
