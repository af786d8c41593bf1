import type { Query } from '@onedoor/engine';
import { LIMITS, type Instant } from '@onedoor/kernel';
import { linkToNext, readCursor, RequestProblem, writeCursor } from '@onedoor/platform';
import type { RequestStatus } from '../request/request-status.js';
import { isTooLong, periodNamed, SPAN_DAYS, spanBetween, type Period } from './date-span.js';
import type { Parameters } from './parameters.http.js';

/** GeoReport v2: "the first 1000 requests, or the last 90 days". */
const PAGE_ROWS = LIMITS.pageRows;
/** Pages further back than this are reached by the cursor or by narrower dates, not by counting. */
const DEEPEST_ROW = 100_000;
/** References of one list, and codes of one filter. */
const MOST_IDS = LIMITS.pageRows;
const MOST_CODES = 100;

const SIZES = ['page_size', 'per_page', 'limit'] as const;

/** The parameters of GET requests that have a meaning. */
export const LIST_PARAMETERS = ['service_request_id', 'service_code', 'status', 'start_date', 'end_date', 'page', ...SIZES, 'cursor'];

/** Null: no ids were asked for. They come first, and every other filter is then ignored. */
export function idsOf({ service_request_id: given }: Parameters): readonly string[] | null {
  return given === undefined || given.trim() === '' ? null : commaList('service_request_id', given, MOST_IDS);
}

/** A list as it was asked for. */
export interface AskedList {
  readonly query: Query;
  /** Rows of a page. */
  readonly rows: number;
  readonly span: Period;
}

/** The query behind the filters, one row longer than the page where it can be. A span over 90 days is refused. */
export function askedList(parameters: Parameters, now: Instant, zone: string): AskedList {
  const { service_code: services, status = '', cursor } = parameters;
  const statuses = commaList('status', status.toLowerCase(), 2);
  const unknown = statuses.find((each) => each !== 'open' && each !== 'closed');
  if (unknown !== undefined) throw new RequestProblem(400, ['status: must be open, closed, or both']);
  const span = spanOf(parameters, now, zone);
  const rows = rowsOf(parameters);
  const query: Query = {
    where: {
      isListed: true,
      ...(services && { service: { in: commaList('service_code', services, MOST_CODES) } }),
      ...(statuses.length > 0 && { status: { in: statuses } }),
      submittedAt: { ...span },
    },
    sort: { field: 'submittedAt', descending: true },
    ...(cursor ? { after: endOf(parameters, cursor) } : { skip: (pageOf(parameters, rows) - 1) * rows }),
    limit: Math.min(rows + 1, PAGE_ROWS),
  };
  return { query, rows, span };
}

/**
 * One page of what was found, and the value of `Link` to the next one; null on the last. The next page begins behind the last row of this
 * one, whatever is added, closed or moved in between, and covers the same dates.
 */
export function pageOfList(
  { rows, span: { from, to } }: AskedList,
  found: readonly RequestStatus[],
  path: string,
  { page: _page, api_key: _key, ...parameters }: Parameters,
): { readonly shown: readonly RequestStatus[]; readonly next: string | null } {
  const shown = found.slice(0, rows);
  const last = shown.at(-1);
  const hasMore = found.length > rows || (rows === PAGE_ROWS && found.length === rows);
  if (last === undefined || !hasMore) return { shown, next: null };
  const cursor = writeCursor({ at: last.submittedAt, id: last.reference });
  return { shown, next: linkToNext(path, { ...parameters, start_date: from, end_date: to, cursor }) };
}

function spanOf({ start_date: start, end_date: end }: Parameters, now: Instant, zone: string): Period {
  const span = spanBetween(start ? periodOf('start_date', start, zone) : null, end ? periodOf('end_date', end, zone) : null, now);
  if (span.from > span.to) throw new RequestProblem(400, ['start_date: must not be later than end_date']);
  if (isTooLong(span)) throw new RequestProblem(400, [`start_date and end_date: may be at most ${SPAN_DAYS} days apart`]);
  return span;
}

const DATE_RULE =
  'must be a date that exists, such as 2026-01-31 for the whole day in the city, or a time, such as 2026-01-31T12:00:00-05:00';

function periodOf(name: string, text: string, zone: string): Period {
  // A form decodes the plus sign of a zone to a space.
  const period = periodNamed(text.trim().replace(/ (?=\d{2}:?\d{2}$)/, '+'), zone);
  if (period === null) throw new RequestProblem(400, [`${name}: ${DATE_RULE}`]);
  return period;
}

function endOf(parameters: Parameters, cursor: string): NonNullable<Query['after']> {
  if (parameters['page']) throw new RequestProblem(400, ['page and cursor: give one of them']);
  const { at, id } = readCursor(cursor);
  return { value: at, id };
}

function rowsOf(parameters: Parameters): number {
  const given = SIZES.filter((name) => parameters[name]);
  const [name, ...more] = given;
  if (name === undefined) return PAGE_ROWS;
  if (more.length > 0) throw new RequestProblem(400, [`${given.join(' and ')}: give one of them`]);
  return Math.min(whole(name, parameters[name]), PAGE_ROWS);
}

function pageOf({ page }: Parameters, rows: number): number {
  if (!page) return 1;
  const [value, most] = [whole('page', page), Math.floor(DEEPEST_ROW / rows)];
  if (value > most) throw new RequestProblem(400, [`page: must be at most ${most}; follow Link: rel=next to go further back`]);
  return value;
}

function whole(name: string, text: string | undefined): number {
  const value = /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
  if (value < 1) throw new RequestProblem(400, [`${name}: must be a whole number from 1`]);
  return value;
}

function commaList(name: string, text: string, most: number): readonly string[] {
  const values = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (values.length > most) throw new RequestProblem(400, [`${name}: may name at most ${most}`]);
  return [...new Set(values)];
}
