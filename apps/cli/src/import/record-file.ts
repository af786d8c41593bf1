import { instantOfLocal } from '@onedoor/sla';
import type { Instant } from '@onedoor/kernel';
import { UserError } from '../answer.js';
import { csvRecordsOf, type CsvForm } from './csv-records.js';
import { namedColumns, type ImportMapping } from './mapping.js';
import { RecordReading, type ImportedRecord } from './record.js';

/** A file of records, and how it is read. */
export interface RecordFile {
  readonly file: string;
  readonly mapping: ImportMapping;
  readonly form: CsvForm;
}

/** A record, and the line on which it begins. */
export interface ReadLine {
  /** 1-based; the header is line 1. */
  readonly line: number;
  readonly record: ImportedRecord;
  /** What was taken otherwise than it is written; null where nothing was. */
  readonly note: string | null;
  /** The text of any column; empty where the file lacks the column. */
  readonly value: (column: string) => string;
}

export interface Rejected {
  readonly line: number;
  readonly reason: string;
}

/** A record with the city's own target and verdict. */
export interface VerdictRecord {
  readonly record: ImportedRecord;
  readonly targetAt: Instant | null;
  /** `ONTIME`, `OVERDUE` or empty. */
  readonly verdict: string;
}

/** The file has no header, or a header without the columns that the mapping names. */
export class NotARecordFile extends UserError {
  override readonly name = 'NotARecordFile';
}

/** The records of a file in its order; an id may stand on several lines. `rejected` is told of each line that holds none. */
export async function* recordsOf(of: RecordFile, rejected: (rejected: Rejected) => void = () => undefined): AsyncIterable<ReadLine> {
  let reading: RecordReading | null = null;
  for await (const found of csvRecordsOf(of.file, of.form)) {
    const { line } = found;
    if (reading === null) {
      if ('problem' in found) throw new NotARecordFile(`${of.file}: line ${line}, the header: ${found.problem}`);
      if ('misencoded' in found) throw new NotARecordFile(`${of.file}: line ${line}, the header: ${misencoded('its text', of.form)}`);
      reading = readingOf(of, found.fields);
      continue;
    }
    const { header } = reading;
    if ('misencoded' in found) rejected({ line, reason: misencoded(header[found.misencoded] ?? 'a field', of.form) });
    else if ('problem' in found) rejected({ line, reason: found.problem });
    else {
      const read = reading.read(found.fields);
      if ('rejected' in read) rejected({ line, reason: read.rejected });
      else yield { line, ...read, value: (column) => found.fields[header.indexOf(column)] ?? '' };
    }
  }
  if (reading === null) throw new NotARecordFile(`${of.file}: the file is empty`);
}

/** The records with the city's own targets and verdicts, the first of each id; only `sla compare` reads these two columns. */
export async function* verdictsOf(of: RecordFile): AsyncIterable<VerdictRecord> {
  const seen = new Set<string>();
  for await (const { record, value } of recordsOf(of)) {
    if (seen.has(record.id)) continue;
    seen.add(record.id);
    yield { record, targetAt: instantOfLocal(value('target_dt'), of.mapping.zone), verdict: value('ontime').trim() };
  }
}

function readingOf({ file, mapping }: RecordFile, fields: readonly string[]): RecordReading {
  const header = fields.map((column) => column.trim());
  const missing = namedColumns(mapping).filter((column) => !header.includes(column));
  if (missing.length > 0) throw new NotARecordFile(`${file}: the header lacks: ${missing.join(', ')}`);
  const twice = namedColumns(mapping).filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice.length > 0) throw new NotARecordFile(`${file}: the header names twice: ${twice.join(', ')}`);
  return new RecordReading(mapping, header);
}

const misencoded = (column: string, { encoding }: CsvForm): string =>
  encoding === 'utf-8' ? `${column} is no UTF-8: correct it, or read the file with --encoding windows-1252` : `${column} is no ${encoding}`;
