import { writeFileSync } from 'node:fs';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@onedoor/kernel';

/** A row of made-up records in the form of Boston's. The same count of rows always gives the same file. */
export interface MadeUpRow {
  readonly id: string;
  readonly open: string;
  readonly target: string;
  readonly closed: string;
  readonly ontime: string;
  readonly status: 'Open' | 'Closed';
  readonly reason: string;
  readonly type: string;
  readonly department: string;
}

const HEADER =
  'case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,closure_reason,case_title,subject,reason,type,queue,department,' +
  'submittedphoto,closedphoto,location,fire_district,pwd_district,city_council_district,police_district,neighborhood,' +
  'neighborhood_services_district,ward,precinct,location_street_name,location_zipcode,latitude,longitude,source';

export const AGREEMENTS = `department,subject,reason,type,n_cases,sla,unit,fit_share,overdue_share
ROAD,Roads,Roads,Hole,900,5,calendar_days,1,0
ROAD,Roads,Roads,Lamp,50,10,calendar_days,1,0
PARK,Parks,Trees,Lamp,20,30,calendar_days,1,0
PARK,Parks,Trees,Branch,300,2,calendar_days,1,0
`;

const TYPES = ['Hole', 'Lamp', 'Branch', 'Song'];
const OWNER: Readonly<Record<string, string>> = { Hole: 'ROAD', Lamp: 'ROAD', Branch: 'PARK', Song: 'ARTS' };
const DAYS: Readonly<Record<string, number>> = { Hole: 5, Lamp: 10, Branch: 2 };

/** Local times are computed in UTC: there is no clock change in the chosen weeks, so durations are the same. */
export function madeUpRows(count: number, from = '2011-07-04', firstId = 1): readonly MadeUpRow[] {
  const startMs = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: count }, (_none, index): MadeUpRow => {
    const type = TYPES[index % TYPES.length] ?? 'Hole';
    const openMs = startMs + index * 37 * MINUTE_MS;
    const days = DAYS[type];
    const targetMs = days === undefined ? null : openMs + days * DAY_MS;
    const isOpen = index % 11 === 10;
    // Some close at once, some exactly when due, some a second late, most somewhere in between.
    const spans = [0, 5, 30, 200].map((hours) => hours * HOUR_MS);
    const atDue = index % 13 === 5 && targetMs !== null ? targetMs - openMs + (index % 2) * 1_000 : null;
    const closedMs = openMs + (atDue ?? spans[Math.floor(index / 4) % 4] ?? 0);
    const isLate = targetMs !== null && (isOpen || closedMs > targetMs);
    return {
      id: String(101_000_000_000 + firstId + index),
      open: local(openMs),
      target: targetMs === null ? '' : local(targetMs),
      closed: isOpen ? '' : local(closedMs),
      ontime: isLate ? 'OVERDUE' : 'ONTIME',
      status: isOpen ? 'Open' : 'Closed',
      reason: isOpen ? ' ' : index % 3 === 0 ? 'Case Closed Case Resolved "done", said the crew' : 'Case Closed Case Noted',
      type,
      department: OWNER[type] ?? '',
    };
  });
}

export function lineOf(row: MadeUpRow, blank: { readonly verdicts?: boolean; readonly departments?: boolean } = {}): string {
  const target = blank.verdicts ? ['', ''] : [row.target, row.ontime];
  const department = blank.departments ? '' : row.department;
  const reason = row.reason.includes('"') ? `"${row.reason.replaceAll('"', '""')}"` : row.reason;
  return [
    row.id,
    row.open,
    target[0],
    row.closed,
    target[1],
    row.status,
    reason,
    row.type,
    'S',
    'R',
    row.type,
    'Q',
    department,
    '',
    '',
    '1 Made Up Street',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '42.3',
    '-71.1',
    'Self Service',
  ].join(',');
}

export function writeRecords(file: string, lines: readonly string[]): string {
  writeFileSync(file, `${[HEADER, ...lines].join('\n')}\n`);
  return file;
}

const local = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
