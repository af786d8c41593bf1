import type { Query } from '@onedoor/engine';
import { DAY_MS, instantOf, LIMITS, type Instant } from '@onedoor/kernel';
import { RequestProblem } from '@onedoor/platform';

/** The parameters of GET requests, each given once. */
export type ListParameters = Readonly<Record<string, string | undefined>>;

const SPAN_DAYS = 90;
/** GeoReport v2: "the first 1000 requests, or the last 90 days". */
const PAGE_ROWS = LIMITS.pageRows;
/** Pages further back than this are reached by narrower dates, not by counting. */
const DEEPEST_ROW = 100_000;

/** Null: the ids that were asked for come first and every other filter is ignored. */
export function idsOf({ service_request_id: ids }: ListParameters): readonly string[] | null {
  return ids ? commaList(ids).slice(0, PAGE_ROWS) : null;
}

/** The query behind the filters; a span over 90 days is refused, and one open end is closed 90 days away. */
export function listQuery(parameters: ListParameters, now: Instant): Query {
  const { service_code: services, status, start_date: start, end_date: end } = parameters;
  const statuses = status ? commaList(status.toLowerCase()) : [];
  const unknown = statuses.find((each) => each !== 'open' && each !== 'closed');
  if (unknown !== undefined) throw new RequestProblem(400, [`status: must be open or closed, not ${unknown.slice(0, 40)}`]);
  const [from, to] = span(start, end, now);
  const rows = whole(parameters, ['page_size', 'per_page', 'limit'], PAGE_ROWS, 1, PAGE_ROWS);
  const page = whole(parameters, ['page'], 1, 1, Math.floor(DEEPEST_ROW / rows));
  return {
    where: {
      isListed: true,
      ...(services && { service: { in: commaList(services) } }),
      ...(statuses.length > 0 && { status: { in: statuses } }),
      submittedAt: { from, to },
    },
    sort: { field: 'submittedAt', descending: true },
    skip: (page - 1) * rows,
    limit: rows,
  };
}

function span(start: string | undefined, end: string | undefined, now: Instant): readonly [Instant, Instant] {
  const startMs = start ? dateMs('start_date', start) : null;
  const endMs = end ? dateMs('end_date', end) : null;
  const to = endMs ?? (startMs === null ? Date.parse(now) : startMs + SPAN_DAYS * DAY_MS);
  const from = startMs ?? to - SPAN_DAYS * DAY_MS;
  if (from > to) throw new RequestProblem(400, ['start_date: must not be later than end_date']);
  if (to - from > SPAN_DAYS * DAY_MS) throw new RequestProblem(400, [`start_date and end_date: may be at most ${SPAN_DAYS} days apart`]);
  return [instantOf(from), instantOf(to)];
}

const W3C_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function dateMs(name: string, text: string): number {
  // A form decodes the plus sign of a zone to a space.
  const date = text.trim().replace(/ (?=\d{2}:?\d{2}$)/, '+');
  const ms = W3C_DATE.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(ms)) throw new RequestProblem(400, [`${name}: must be a date and time with zone, such as 2026-01-31T12:00:00Z`]);
  return ms;
}

function whole(parameters: ListParameters, names: readonly string[], otherwise: number, least: number, most: number): number {
  const name = names.find((each) => parameters[each]);
  if (name === undefined) return otherwise;
  const value = Number(parameters[name]);
  if (!Number.isInteger(value) || value < least) throw new RequestProblem(400, [`${name}: must be a whole number from ${least}`]);
  if (name === 'page' && value > most)
    throw new RequestProblem(400, [`page: must be at most ${most}; use start_date and end_date to go further back`]);
  return Math.min(value, most);
}

const commaList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
