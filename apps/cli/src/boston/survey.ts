import { createHash } from 'node:crypto';
import { judge, REQUIRED_COLUMNS, type BostonRecord } from './record.js';
import { fieldsOf } from './record.js';
import { linesOf } from './lines.js';

/** What a whole file holds, before anything of it is imported. */
export interface Survey {
  readonly rows: number;
  readonly imported: number;
  /** Later lines with an id that an accepted line already had. */
  readonly skipped: number;
  readonly rejected: readonly Rejected[];
  readonly types: ReadonlyMap<string, { readonly reason: string }>;
  readonly departments: ReadonlySet<string>;
  /** SHA-256 of the accepted records, in their order. */
  readonly fingerprint: string;
}

export interface Rejected {
  /** 1-based; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

/** The file can't be imported at all: it is not of this form. */
export class NotARecordFile extends Error {
  override readonly name = 'NotARecordFile';
}

/** The accepted records of a file in its order, each id once; `onRejected` and `onSkipped` hear of the others. */
export async function* recordsOf(
  file: string,
  zone: string,
  on: { readonly rejected?: (rejected: Rejected) => void; readonly skipped?: () => void } = {},
): AsyncIterable<BostonRecord> {
  const seen = new Set<string>();
  let columns: readonly string[] | null = null;
  for await (const { number, text } of linesOf(file)) {
    if (columns === null) {
      columns = headerOf(text);
      continue;
    }
    const judged = judge(text, columns, zone);
    if ('rejected' in judged) on.rejected?.({ line: number, reason: judged.rejected });
    else if (seen.has(judged.record.id)) on.skipped?.();
    else {
      seen.add(judged.record.id);
      yield judged.record;
    }
  }
  if (columns === null) throw new NotARecordFile('the file is empty');
}

export async function survey(file: string, zone: string): Promise<Survey> {
  const rejected: Rejected[] = [];
  const types = new Map<string, { readonly reason: string }>();
  const departments = new Set<string>();
  const fingerprint = createHash('sha256');
  let imported = 0;
  let skipped = 0;
  const on = { rejected: (one: Rejected) => rejected.push(one), skipped: () => (skipped += 1) };
  for await (const record of recordsOf(file, zone, on)) {
    const { type, reason, department } = record;
    fingerprint.update(JSON.stringify(record));
    imported += 1;
    if (!types.has(type)) types.set(type, { reason });
    if (department !== null) departments.add(department);
  }
  return { rows: imported + skipped + rejected.length, imported, skipped, rejected, types, departments, fingerprint: fingerprint.digest('hex') };
}

function headerOf(text: string): readonly string[] {
  const columns = (fieldsOf(text) ?? []).map((column) => column.trim());
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new NotARecordFile(`the header lacks: ${missing.join(', ')}`);
  return columns;
}
