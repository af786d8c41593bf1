import type { Instant } from '@onedoor/kernel';
import type { KnownRecord } from './known-records.js';
import { lateColumnsOf } from './contradiction.js';
import type { ImportMapping } from './mapping.js';
import { asOf, planOf, type Plan, type RecordAsOf } from './plan.js';
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
    else yield { line, ...noted(now, known.get(first.id), mapping), plan: planOf(now.record, known.get(first.id), until, mapping) };
  }
}

/** A place that was left out when the record came in stays so: a case is not moved by an import, and the note says it. */
function noted({ record, note }: RecordAsOf, known: KnownRecord | undefined, mapping: ImportMapping): RecordAsOf {
  const late = known?.place ? lateColumnsOf(known.place, record, mapping) : null;
  const notes = [note, late === null ? null : `${late} was not given when the record came in, and is not added`];
  return { record, note: notes.filter((each) => each !== null).join('; ') || null };
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
