/** The columns of one line of a Boston 311 file, from which a spec changes those that matter to it. All values are made up. */
const DEFAULTS = {
  case_enquiry_id: '101000000001',
  open_dt: '2011-07-05 09:00:00',
  target_dt: '2011-07-07 09:00:00',
  closed_dt: '2011-07-06 10:30:00',
  ontime: 'ONTIME',
  case_status: 'Closed',
  closure_reason: 'Case Closed Case Resolved ',
  case_title: 'Pothole',
  reason: 'Highway Maintenance',
  type: 'Request for Pothole Repair',
  department: 'PWDx',
  location: '1 Example St  Testville  MA',
  latitude: '42.3',
  longitude: '-71.1',
  source: 'Constituent Call',
};

export type Column = keyof typeof DEFAULTS;

export const COLUMNS: readonly Column[] = Object.keys(DEFAULTS) as Column[];

export const HEADER_LINE = COLUMNS.join(',');

/** A line of these fields; they are not quoted, so a spec adds quotes where it needs them. */
export const line = (draft: Partial<Record<Column, string>> = {}): string =>
  COLUMNS.map((column) => draft[column] ?? DEFAULTS[column]).join(',');

/** An open case has no closing. */
export const openLine = (draft: Partial<Record<Column, string>> = {}): string =>
  line({ case_status: 'Open', closed_dt: '', closure_reason: '', ...draft });
