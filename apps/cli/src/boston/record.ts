import { parse } from 'csv-parse/sync';
import { dayNumberOf, type Instant } from '@onedoor/kernel';
import { instantOfLocal, localDateOf } from '@onedoor/sla';

/** One record of a Boston 311 file as the import reads it. It never holds target_dt or ontime. */
export interface BostonRecord {
  readonly id: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly type: string;
  readonly reason: string;
  /** Null where the record names none. */
  readonly department: string | null;
  readonly address: string | null;
  readonly lat: number | null;
  readonly long: number | null;
  readonly source: string;
  readonly closureReason: string;
}

/** `rejected` is the rule that the line breaks. */
type ParsedLine = { readonly record: BostonRecord } | { readonly rejected: string };

export const REQUIRED_COLUMNS = [
  'case_enquiry_id',
  'open_dt',
  'closed_dt',
  'case_status',
  'closure_reason',
  'reason',
  'type',
  'department',
  'location',
  'latitude',
  'longitude',
  'source',
] as const;

/** The CSV fields of one physical line; null where a quote is not closed on it. */
export function csvFieldsOf(line: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(',');
  try {
    const [fields]: string[][] = parse(line, { relax_column_count: true, record_delimiter: '\n' });
    return fields ?? [''];
  } catch {
    return null;
  }
}

/** Parses and validates one line. A rejection quotes nothing of the line, which may hold personal data. */
export function parseRecord(line: string, columns: readonly string[], zone: string): ParsedLine {
  const fields = csvFieldsOf(line);
  if (fields === null) return { rejected: 'quotes do not end on their line' };
  if (fields.length !== columns.length) return { rejected: `wrong column count: ${fields.length} instead of ${columns.length}` };
  const value = (column: (typeof REQUIRED_COLUMNS)[number]): string => fields[columns.indexOf(column)] ?? '';

  const id = value('case_enquiry_id').trim();
  if (id === '') return { rejected: 'case_enquiry_id is empty' };
  const type = value('type');
  if (type.trim() === '') return { rejected: 'type is empty' };
  if (type.length > 200) return { rejected: 'type is longer than 200 characters' };

  const openedAt = instantOfLocal(value('open_dt'), zone);
  if (openedAt === null) return { rejected: 'open_dt is no date and time that exists' };
  if (dayNumberOf(localDateOf(openedAt, zone)) === null) return { rejected: 'open_dt lies outside 2000-01-01 to 2089-09-17' };
  const status = value('case_status');
  if (status !== 'Open' && status !== 'Closed') return { rejected: 'case_status is neither Open nor Closed' };
  const closed = value('closed_dt');
  if (status === 'Closed' && closed === '') return { rejected: 'Closed without closed_dt' };
  if (status === 'Open' && closed !== '') return { rejected: 'Open with closed_dt' };
  const closedAt = closed === '' ? null : instantOfLocal(closed, zone, openedAt);
  if (closed !== '' && closedAt === null) return { rejected: 'closed_dt is no date and time that exists' };
  if (closedAt !== null && closedAt < openedAt) return { rejected: 'closed_dt is before open_dt' };

  const lat = degrees(value('latitude'), 90);
  const long = degrees(value('longitude'), 180);
  if (lat === 'off' || long === 'off') return { rejected: 'latitude or longitude is off the globe' };
  const isPlaced = lat !== null && long !== null;
  return {
    record: {
      id,
      openedAt,
      closedAt,
      type,
      reason: value('reason'),
      department: value('department').trim() || null,
      address: value('location').trim() || null,
      lat: isPlaced ? lat : null,
      long: isPlaced ? long : null,
      source: value('source'),
      closureReason: value('closure_reason').trim(),
    },
  };
}

function degrees(text: string, most: number): number | null | 'off' {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && Math.abs(value) <= most ? value : 'off';
}
