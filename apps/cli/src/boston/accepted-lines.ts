import { UserError } from '../answer.js';
import { linesOf } from './lines.js';
import { fieldsOf, judge, REQUIRED_COLUMNS, type BostonRecord } from './record.js';

/** A line that holds a record. */
export interface AcceptedLine {
  readonly record: BostonRecord;
  /** The text of any column; empty where the file has none of that name. */
  readonly value: (column: string) => string;
}

export interface Rejected {
  /** 1-based; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

/** The file can't be read as records at all: it is not of this form. */
export class NotARecordFile extends UserError {
  override readonly name = 'NotARecordFile';
}

/** The lines of a file that hold a record, in its order, each id once; `rejected` and `skipped` hear of the others. */
export async function* acceptedLines(
  file: string,
  zone: string,
  on: { readonly rejected?: (rejected: Rejected) => void; readonly skipped?: () => void } = {},
): AsyncIterable<AcceptedLine> {
  const seen = new Set<string>();
  let columns: readonly string[] | null = null;
  for await (const { number, text } of linesOf(file)) {
    if (columns === null) {
      columns = headerOf(file, text);
      continue;
    }
    const header = columns;
    const judged = judge(text, header, zone);
    if ('rejected' in judged) on.rejected?.({ line: number, reason: judged.rejected });
    else if (seen.has(judged.record.id)) on.skipped?.();
    else {
      seen.add(judged.record.id);
      yield { record: judged.record, value: (column) => fieldsOf(text)?.[header.indexOf(column)] ?? '' };
    }
  }
  if (columns === null) throw new NotARecordFile(`${file}: the file is empty`);
}

function headerOf(file: string, text: string): readonly string[] {
  const columns = (fieldsOf(text) ?? []).map((column) => column.trim());
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new NotARecordFile(`${file}: the header lacks: ${missing.join(', ')}`);
  return columns;
}
