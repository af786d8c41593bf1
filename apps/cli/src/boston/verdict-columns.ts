import type { Instant } from '@onedoor/kernel';
import { instantOfLocal } from '@onedoor/sla';
import { linesOf } from './lines.js';
import { fieldsOf, judge, type BostonRecord } from './record.js';

/** A record with the city's own target and verdict: only `sla compare` reads these two columns. */
export interface VerdictRecord {
  readonly record: BostonRecord;
  readonly targetAt: Instant | null;
  /** `ONTIME`, `OVERDUE` or empty. */
  readonly verdict: string;
}

export async function* verdictsOf(file: string, zone: string): AsyncIterable<VerdictRecord> {
  let columns: readonly string[] | null = null;
  const seen = new Set<string>();
  for await (const { text } of linesOf(file)) {
    if (columns === null) {
      columns = (fieldsOf(text) ?? []).map((column) => column.trim());
      continue;
    }
    const judged = judge(text, columns, zone);
    if ('rejected' in judged || seen.has(judged.record.id)) continue;
    seen.add(judged.record.id);
    const fields = fieldsOf(text) ?? [];
    const value = (column: string): string => fields[columns?.indexOf(column) ?? -1] ?? '';
    const targetAt = instantOfLocal(value('target_dt'), zone);
    yield { record: judged.record, targetAt, verdict: value('ontime').trim() };
  }
}
