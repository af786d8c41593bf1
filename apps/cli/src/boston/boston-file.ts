import type { Instant } from '@onedoor/kernel';
import { instantOfLocal } from '@onedoor/sla';
import { UserError } from '../answer.js';
import { linesOf } from './lines.js';
import { csvFieldsOf, parseRecord, REQUIRED_COLUMNS, type BostonRecord } from './record.js';

/** A record with the city's own target and verdict. */
export interface VerdictRecord {
  readonly record: BostonRecord;
  readonly targetAt: Instant | null;
  /** `ONTIME`, `OVERDUE` or empty. */
  readonly verdict: string;
}

export interface Rejected {
  /** 1-based; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

/** The lines that give no record. */
interface OnSkippedLine {
  readonly rejected?: (rejected: Rejected) => void;
  /** A later line with the id of an accepted one. */
  readonly repeated?: () => void;
}

/** The file has no header, or a header without the required columns. */
export class NotARecordFile extends UserError {
  override readonly name = 'NotARecordFile';
}

/** The records of a file, in its order, each id once. An import reads nothing else, least of all the city's own targets and verdicts. */
export async function* recordsOf(file: string, zone: string, on: OnSkippedLine = {}): AsyncIterable<BostonRecord> {
  for await (const { record } of acceptedLines(file, zone, on)) yield record;
}

/** The same records with the city's targets and verdicts; only `sla compare` reads these two columns. */
export async function* verdictsOf(file: string, zone: string): AsyncIterable<VerdictRecord> {
  for await (const { record, value } of acceptedLines(file, zone)) {
    yield { record, targetAt: instantOfLocal(value('target_dt'), zone), verdict: value('ontime').trim() };
  }
}

/** A line that holds a record. */
interface AcceptedLine {
  readonly record: BostonRecord;
  /** The text of any column; empty where the file lacks the column. */
  readonly value: (column: string) => string;
}

async function* acceptedLines(file: string, zone: string, on: OnSkippedLine = {}): AsyncIterable<AcceptedLine> {
  const seen = new Set<string>();
  let columns: readonly string[] | null = null;
  for await (const { number, text } of linesOf(file)) {
    if (columns === null) {
      columns = headerOf(file, text);
      continue;
    }
    const header = columns;
    const parsed = parseRecord(text, header, zone);
    if ('rejected' in parsed) on.rejected?.({ line: number, reason: parsed.rejected });
    else if (seen.has(parsed.record.id)) on.repeated?.();
    else {
      seen.add(parsed.record.id);
      yield { record: parsed.record, value: (column) => csvFieldsOf(text)?.[header.indexOf(column)] ?? '' };
    }
  }
  if (columns === null) throw new NotARecordFile(`${file}: the file is empty`);
}

function headerOf(file: string, text: string): readonly string[] {
  const columns = (csvFieldsOf(text) ?? []).map((column) => column.trim());
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new NotARecordFile(`${file}: the header lacks: ${missing.join(', ')}`);
  return columns;
}
