import { createHash } from 'node:crypto';
import { contradictionOf } from './contradiction.js';
import { recordsOf, type RecordFile, type Rejected } from './record-file.js';
import type { ImportedRecord } from './record.js';

/** What was taken otherwise than the line says. */
export interface Note {
  readonly line: number;
  readonly note: string;
}

/** The contents of a whole file, read before any record of it is imported. */
export interface Survey {
  /** Records of the file, those that are rejected included. */
  readonly rows: number;
  readonly ids: number;
  /** Later lines of an id that say nothing new. */
  readonly repeated: number;
  /** How many later lines of an id say more than those before, by id. */
  readonly changed: ReadonlyMap<string, number>;
  /** What such an id is in the end: its lines are taken for exports that follow each other. */
  readonly final: ReadonlyMap<string, ImportedRecord>;
  readonly rejected: readonly Rejected[];
  readonly notes: readonly Note[];
  readonly types: ReadonlyMap<string, { readonly group: string }>;
  readonly departments: ReadonlySet<string>;
  /** SHA-256 of the accepted records, in their order. */
  readonly fingerprint: string;
}

export async function survey(of: RecordFile): Promise<Survey> {
  const rejected: Rejected[] = [];
  const notes: Note[] = [];
  const types = new Map<string, { readonly group: string }>();
  const departments = new Set<string>();
  const fingerprint = createHash('sha256');
  const ids = new Set<string>();
  const twice = new Set<string>();
  let lines = 0;
  const take = ({ service, group, department }: ImportedRecord): void => {
    if (!types.has(service)) types.set(service, { group });
    if (department !== null) departments.add(department);
  };
  for await (const { line, record, note } of recordsOf(of, (one) => rejected.push(one))) {
    lines += 1;
    if (note !== null) notes.push({ line, note });
    if (ids.has(record.id)) {
      twice.add(record.id);
      continue;
    }
    ids.add(record.id);
    take(record);
    fingerprint.update(JSON.stringify(record));
  }
  const repeats = twice.size === 0 ? NO_REPEATS : await followed(of, twice);
  for (const record of repeats.final.values()) {
    take(record);
    fingerprint.update(JSON.stringify(record));
  }
  return {
    rows: lines + rejected.length,
    ids: ids.size,
    repeated: repeats.repeated,
    changed: repeats.changed,
    final: repeats.final,
    rejected: [...rejected, ...repeats.rejected].sort((one, other) => one.line - other.line),
    notes,
    types,
    departments,
    fingerprint: fingerprint.digest('hex'),
  };
}

type Repeats = Pick<Survey, 'repeated' | 'changed' | 'final' | 'rejected'>;

const NO_REPEATS: Repeats = { repeated: 0, changed: new Map(), final: new Map(), rejected: [] };

/** Follows the lines of the ids that stand on several: open, then closed is that closing; another place contradicts the first line. */
async function followed(of: RecordFile, ids: ReadonlySet<string>): Promise<Repeats> {
  const latest = new Map<string, ImportedRecord>();
  const final = new Map<string, ImportedRecord>();
  const rejected: Rejected[] = [];
  const changed = new Map<string, number>();
  let repeated = 0;
  for await (const next of recordsOf(of)) {
    const { id } = next.record;
    if (!ids.has(id)) continue;
    const before = latest.get(id);
    const reason = before && contradictionOf(before, next.record);
    if (reason) rejected.push({ line: next.line, reason: reason(of.mapping) });
    else {
      const record = before === undefined ? next.record : following(before, next.record);
      latest.set(id, record);
      if (before === undefined) continue;
      const isSame = saysTheSame(before, record);
      if (isSame) repeated += 1;
      else changed.set(id, (changed.get(id) ?? 0) + 1);
      if (!isSame || !isAtSamePlace(before, record)) final.set(id, record);
    }
  }
  return { repeated, changed, final, rejected };
}

/** A later line of an id, with the department and the place of the ones before where it leaves them out. */
function following(before: ImportedRecord, later: ImportedRecord): ImportedRecord {
  const { lat, long } = later.lat === null ? before : later;
  return { ...later, department: later.department ?? before.department, address: later.address ?? before.address, lat, long };
}

const saysTheSame = (one: ImportedRecord, other: ImportedRecord): boolean =>
  one.closedAt === other.closedAt && one.outcome === other.outcome && one.department === other.department;

const isAtSamePlace = (one: ImportedRecord, other: ImportedRecord): boolean =>
  one.address === other.address && one.lat === other.lat && one.long === other.long;
