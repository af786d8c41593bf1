import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/**
 * The figures computed from the columns of the file alone, case by case, with a calendar that walks day by day. It shares no code with
 * the product (constants of time included), so that the two can be compared. Local times are treated as UTC, which keeps dates, and
 * durations without a clock change in them; `offsetMs` corrects the others.
 */
export interface NaiveRow {
  opened: number;
  withoutAgreement: number;
  closed: number;
  backlog: number;
  due: number;
  met: number;
  missed: number;
  excused: number;
  void: number;
  milestonesMet: number;
  milestonesMissed: number;
  closedVoid: number;
  fixedFirstTime: number | null;
  invalidShare: number | null;
  noAccessShare: number | null;
  declinedShare: number | null;
  revised: number;
  newDateKept: number;
  returned: number;
  returnsCharged: number;
  onTime: number | null;
  medianDays: number | null;
  p90Days: number | null;
}

interface NaiveCase {
  readonly openMs: number;
  readonly closeMs: number | null;
  readonly dueMs: number | null;
  readonly outcome: string | null;
  readonly department: string;
  readonly service: string;
}

interface CityWords {
  readonly outcomes: readonly { readonly pattern: string; readonly outcome: string }[];
  readonly otherOutcome: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function naiveCases(recordsFile: string, agreementsFile: string, words: CityWords): readonly NaiveCase[] {
  const bytes = readFileSync(recordsFile);
  const text = (recordsFile.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const records: Record<string, string>[] = parse(text, { columns: true, relax_column_count: true });
  const agreements: Record<string, string>[] = parse(readFileSync(agreementsFile, 'utf8'), { columns: true });
  const agreed = new Map(agreements.map((row) => [`${row['department']}/${row['type']}`, row]));
  return records.map((record) => {
    const [openMs, service, department] = [wallMs(record['open_dt']), record['type'] ?? '', (record['department'] ?? '').trim()];
    const terms = agreed.get(`${department}/${service}`);
    const closed = record['closed_dt'] ?? '';
    const reason = record['closure_reason'] ?? '';
    const outcome = words.outcomes.find(({ pattern }) => new RegExp(pattern, 'i').test(reason))?.outcome ?? words.otherOutcome;
    return {
      openMs: openMs ?? Number.NaN,
      closeMs: closed === '' ? null : wallMs(closed),
      dueMs: terms === undefined || openMs === null ? null : dueMs(openMs, Number(terms['sla']), terms['unit'] ?? ''),
      outcome: closed === '' ? null : outcome,
      department,
      service,
    };
  });
}

/** The figures of a period, of those cases that `belongs` names. Days are inclusive. */
export function naiveFigures(cases: readonly NaiveCase[], from: string, to: string, belongs: (one: NaiveCase) => boolean): NaiveRow {
  const own = cases.filter(belongs);
  const isIn = (ms: number | null): boolean => ms !== null && dateOf(ms) >= from && dateOf(ms) <= to;
  const opened = own.filter(({ openMs }) => isIn(openMs));
  const closed = own.filter(({ closeMs }) => isIn(closeMs));
  const due = own.filter(({ dueMs: ms }) => isIn(ms));
  const voided = due.filter(isVoid);
  const judged = due.filter((one) => !voided.includes(one));
  const met = judged.filter(({ closeMs, dueMs: ms }) => closeMs !== null && ms !== null && closeMs <= ms).length;
  const shareOf = (ended: string): number | null =>
    closed.length === 0 ? null : round(closed.filter(({ outcome }) => outcome === ended).length / closed.length, 4);
  const minutes = closed
    .filter((one) => !isVoid(one))
    .map(({ openMs, closeMs }) => Math.floor(((closeMs ?? 0) - offsetMs(closeMs ?? 0) - (openMs - offsetMs(openMs))) / MINUTE_MS))
    .sort((one, other) => one - other);
  return {
    opened: opened.length,
    withoutAgreement: opened.filter(({ dueMs: ms }) => ms === null).length,
    closed: closed.length,
    backlog: own.filter(({ openMs, closeMs }) => dateOf(openMs) <= to && (closeMs === null || dateOf(closeMs) > to)).length,
    due: due.length,
    met,
    missed: judged.length - met,
    // A file of records has no excused breaches.
    excused: 0,
    // Nor milestones beside the resolution.
    milestonesMet: 0,
    milestonesMissed: 0,
    closedVoid: closed.filter(isVoid).length,
    // Nor cases that were reopened, dates that were revised, or returns.
    fixedFirstTime: closed.some(({ outcome }) => outcome === 'fixed') ? 1 : null,
    invalidShare: shareOf('invalid'),
    noAccessShare: shareOf('no_access'),
    declinedShare: shareOf('declined'),
    revised: 0,
    newDateKept: 0,
    returned: 0,
    returnsCharged: 0,
    void: voided.length,
    onTime: judged.length === 0 ? null : round(met / judged.length, 4),
    medianDays: nearestRank(minutes, 0.5),
    p90Days: nearestRank(minutes, 0.9),
  };
}

/** Nothing was asked of the city, as it turned out before the promise was broken. */
const isVoid = ({ closeMs, dueMs: due, outcome }: NaiveCase): boolean =>
  closeMs !== null && (due === null || closeMs <= due) && ['duplicate', 'invalid', 'referred', 'withdrawn'].includes(outcome ?? '');

/** A weekend counts as the next Monday, the cut-off moves to the next weekday, and then `amount` weekdays pass. */
function dueMs(openMs: number, amount: number, unit: string): number {
  if (unit === 'calendar_days') return openMs + amount * DAY_MS;
  let ms = openMs;
  while (isWeekend(ms)) ms += DAY_MS;
  if (ms % DAY_MS >= 17 * HOUR_MS) ms = nextWeekday(ms - (ms % DAY_MS)) + 8.5 * HOUR_MS;
  for (let day = 0; day < amount; day++) ms = nextWeekday(ms);
  return ms;
}

function nextWeekday(ms: number): number {
  let next = ms + DAY_MS;
  while (isWeekend(next)) next += DAY_MS;
  return next;
}

const isWeekend = (ms: number): boolean => [0, 6].includes(new Date(ms).getUTCDay());

const wallMs = (text: string | undefined): number | null => (text ? Date.parse(`${text.replace(' ', 'T')}Z`) : null);

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function nearestRank(minutes: readonly number[], share: number): number | null {
  const value = minutes[Math.max(0, Math.ceil(share * minutes.length) - 1)];
  return value === undefined ? null : round(value / 1_440, 3);
}

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** The offset of Boston's local time from UTC, from the zone data of the platform. */
function offsetMs(ms: number): number {
  const shown = Object.fromEntries(CLOCK.formatToParts(new Date(ms + 5 * HOUR_MS)).map(({ type, value }) => [type, value]));
  return shown['timeZoneName'] === 'EDT' ? -4 * HOUR_MS : -5 * HOUR_MS;
}

const CLOCK = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'short' });
