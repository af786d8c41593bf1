import { createHash } from 'node:crypto';
import { recordsOf, type Rejected } from './boston-file.js';

/** The contents of a whole file, read before any record of it is imported. */
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

export async function survey(file: string, zone: string): Promise<Survey> {
  const rejected: Rejected[] = [];
  const types = new Map<string, { readonly reason: string }>();
  const departments = new Set<string>();
  const fingerprint = createHash('sha256');
  let imported = 0;
  let skipped = 0;
  const on = { rejected: (one: Rejected) => rejected.push(one), repeated: () => (skipped += 1) };
  for await (const record of recordsOf(file, zone, on)) {
    const { type, reason, department } = record;
    fingerprint.update(JSON.stringify(record));
    imported += 1;
    if (!types.has(type)) types.set(type, { reason });
    if (department !== null) departments.add(department);
  }
  return {
    rows: imported + skipped + rejected.length,
    imported,
    skipped,
    rejected,
    types,
    departments,
    fingerprint: fingerprint.digest('hex'),
  };
}
