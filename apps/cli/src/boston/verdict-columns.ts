import type { Instant } from '@onedoor/kernel';
import { instantOfLocal } from '@onedoor/sla';
import { acceptedLines } from './accepted-lines.js';
import type { BostonRecord } from './record.js';

/** A record with the city's own target and verdict: only `sla compare` reads these two columns. */
export interface VerdictRecord {
  readonly record: BostonRecord;
  readonly targetAt: Instant | null;
  /** `ONTIME`, `OVERDUE` or empty. */
  readonly verdict: string;
}

export async function* verdictsOf(file: string, zone: string): AsyncIterable<VerdictRecord> {
  for await (const { record, value } of acceptedLines(file, zone)) {
    yield { record, targetAt: instantOfLocal(value('target_dt'), zone), verdict: value('ontime').trim() };
  }
}
