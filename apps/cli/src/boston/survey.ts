import { createHash } from 'node:crypto';
import { acceptedLines, type Rejected } from './accepted-lines.js';
import type { BostonRecord } from './record.js';

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

/** The records alone: an import sees nothing else of a file, least of all the city's own targets and verdicts. */
export async function* recordsOf(...source: Parameters<typeof acceptedLines>): AsyncIterable<BostonRecord> {
  for await (const { record } of acceptedLines(...source)) yield record;
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
