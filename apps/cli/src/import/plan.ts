import type { Instant } from '@onedoor/kernel';
import { contradictionOf } from './contradiction.js';
import type { KnownRecord } from './known-records.js';
import type { ImportMapping } from './mapping.js';
import type { ImportedRecord } from './record.js';

/** What an import does about one record. */
export type Plan =
  /** It is not in the log. */
  | { readonly kind: 'new' }
  /** It says nothing that the log does not hold. `isOpen`: its clocks have gone on since. */
  | { readonly kind: 'unchanged'; readonly known: KnownRecord; readonly isOpen: boolean }
  /** An import was killed before it had finished this record. */
  | { readonly kind: 'unfinished'; readonly known: KnownRecord }
  /** It says more. `isForward`: all of it lies behind what the log holds; else the case is corrected. */
  | { readonly kind: 'changed'; readonly known: KnownRecord; readonly isForward: boolean; readonly changes: readonly string[] }
  /** It says what cannot follow from what the log holds, or lies in the future of the import: nothing is done. */
  | { readonly kind: 'rejected'; readonly reason: string };

/** A record as it is at the instant of an import, and a note where that is not what the file says. */
export interface RecordAsOf {
  readonly record: ImportedRecord;
  readonly note: string | null;
}

/** What a record is at an instant: open where it closes later. A refusal where it is not opened yet. */
export function asOf(record: ImportedRecord, until: Instant, { columns }: ImportMapping): RecordAsOf | { readonly rejected: string } {
  if (record.openedAt > until) return { rejected: `${columns.openedAt} is after ${until}, the instant of the import` };
  if (record.closedAt === null || record.closedAt <= until) return { record, note: null };
  const note = `${columns.closedAt} is after ${until}, the instant of the import: taken as open`;
  return { record: { ...record, closedAt: null, outcome: null, closure: null }, note };
}

/** What is to be done about a record, by what the log holds of it. Pure: a dry run and an import find the same. */
export function planOf(record: ImportedRecord, known: KnownRecord | undefined, until: Instant, mapping: ImportMapping): Plan {
  if (known === undefined) return { kind: 'new' };
  const { openedAt, service } = known;
  const { address, lat, long } = record;
  const contradiction = contradictionOf({ openedAt, service, ...(known.place ?? { address, lat, long }) }, record);
  if (contradiction !== null) return { kind: 'rejected', reason: contradiction(mapping) };
  if (known.case === null) return { kind: 'unfinished', known };
  // An import with a later instant closed it after this one's: it knows more.
  if (known.closedAt !== null && known.closedAt > until) return { kind: 'unchanged', known, isOpen: false };
  const { isOpen, isClosed, isWaiting, isWorkedOn, lastAt, clocksRanTo } = known.case;
  const changes = changesOf(record, known);
  if (changes.length === 0) {
    const isHalfClosed = known.closedAt !== null && !isClosed && !isOpen;
    return isHalfClosed && !isWorkedOn ? { kind: 'unfinished', known } : { kind: 'unchanged', known, isOpen };
  }
  const { closedAt } = record;
  const isFirstClosing = known.closedAt === null && closedAt !== null && !changesDepartment(record, known);
  const isForward = isFirstClosing && isOpen && !isWaiting && lastAt <= closedAt && clocksRanTo < closedAt;
  if (isWorkedOn && !isForward)
    return { kind: 'rejected', reason: `the case was worked on here, and is not changed by an import: ${changes.join(', ')}` };
  return { kind: 'changed', known, isForward, changes };
}

/** A record without a department says nothing about it. */
const changesDepartment = (record: ImportedRecord, known: KnownRecord): boolean =>
  record.department !== null && record.department !== known.department;

/** In words, each without what could be personal. */
function changesOf(record: ImportedRecord, known: KnownRecord): readonly string[] {
  const changes: string[] = [];
  if (changesDepartment(record, known)) changes.push(`department ${record.department} instead of ${known.department ?? 'none'}`);
  if (record.closedAt === known.closedAt) {
    if (record.outcome !== known.outcome) changes.push(`outcome ${record.outcome} instead of ${known.outcome}`);
  } else if (record.closedAt === null) changes.push('reopened');
  else changes.push(known.closedAt === null ? `closed ${record.closedAt}` : `closed ${record.closedAt} instead of ${known.closedAt}`);
  return changes;
}
