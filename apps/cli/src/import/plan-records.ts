import type { Instant } from '@onedoor/kernel';
import type { KnownRecord } from './known-records.js';
import { asOf, planOf, type Plan } from './plan.js';
import { recordsOf, type RecordFile } from './record-file.js';
import type { ImportedRecord } from './record.js';
import type { Survey } from './survey.js';

/** A record of a file, and what an import does about it. */
export interface PlannedLine {
  readonly line: number;
  readonly record: ImportedRecord;
  readonly plan: Plan;
  readonly note: string | null;
}

/** Each id of a file once, in the order of their first lines, as it is in the end: with what is to be done about it. */
export async function* planRecords(
  source: RecordFile & { readonly surveyed: Survey },
  known: ReadonlyMap<string, KnownRecord>,
  until: Instant,
): AsyncIterable<PlannedLine> {
  const { mapping, surveyed } = source;
  const seen = new Set<string>();
  for await (const { line, record: first } of recordsOf(source)) {
    if (seen.has(first.id)) continue;
    seen.add(first.id);
    const final = surveyed.final.get(first.id) ?? first;
    const now = asOf(final, until, mapping);
    if ('rejected' in now) yield { line, record: final, plan: { kind: 'rejected', reason: now.rejected }, note: null };
    else yield { line, ...now, plan: planOf(now.record, known.get(first.id), until, mapping) };
  }
}

/** Records that are imported concurrently: enough for group commit, few enough to hold in memory. */
export const WINDOW = 2_000;

export async function* windowsOf(lines: AsyncIterable<PlannedLine>): AsyncIterable<readonly PlannedLine[]> {
  let window: PlannedLine[] = [];
  for await (const line of lines) {
    window.push(line);
    if (window.length < WINDOW) continue;
    yield window;
    window = [];
  }
  if (window.length > 0) yield window;
}
