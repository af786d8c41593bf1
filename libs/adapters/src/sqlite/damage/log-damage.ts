import type { DatabaseSync } from 'node:sqlite';
import { proofOf } from '../../shared/digest.js';
import { EMPTY_VAULT, identityProof, readTotal, totalWith, vaultProof } from '../log/proof.js';
import { StoredEvents } from '../log/stored-events.js';
import { metaOf, originOf, SHAPE } from '../log/tables.js';
import { valueIn } from '../views/belong-to-log.js';

/** Findings of one kind that are told one by one. */
const TOLD_MOST = 10;

/** What is wrong with the file's own account of itself. */
export function identityDamage(database: DatabaseSync): readonly string[] {
  const shape = Number(valueIn(database, 'PRAGMA user_version'));
  // A later shape is refused by what writes: it is no damage.
  if (shape > SHAPE) return [];
  const hasTable = (name: string): boolean => valueIn(database, 'SELECT 1 FROM sqlite_master WHERE name = ?', name) !== null;
  const isProven = valueIn(database, "SELECT 1 FROM pragma_table_info('events') WHERE name = 'proof'") !== null;
  if ((shape === 0 && hasTable('events')) || (shape === 1 && isProven))
    return [`its header says that it has shape ${shape}, and it has a later one`];
  if (shape === 0) return [];
  const [incarnation, origin] = [metaOf(database, 'incarnation'), metaOf(database, 'origin')];
  if (incarnation === null) return ['it does not name its incarnation'];
  if (shape < SHAPE) return [];
  return identityProof(incarnation, origin ?? '') === metaOf(database, 'identity') ? [] : ['it is called otherwise than it was'];
}

/** Positions and revisions that are missing. Reads the indexes, not the events. */
export function gapDamage(database: DatabaseSync): readonly string[] {
  const found = database
    .prepare(
      `SELECT (SELECT count(*) FROM events) AS events, (SELECT max(position) FROM events) AS last,
       (SELECT min(position) FROM events) AS first, (SELECT sum(head + 1) FROM streams) AS revisions`,
    )
    .get();
  const [events, last, first, revisions] = [found?.events, found?.last, found?.first, found?.revisions].map((value) => Number(value ?? 0));
  if (events === last && events === revisions && first === Math.min(1, last ?? 0)) return [];
  return [
    `it has ${events} events where its last position is ${last} and its streams tell of ${revisions}`,
    ...missingPlaces(database),
    ...streamsWithGaps(database),
  ];
}

const missingPlaces = (database: DatabaseSync): readonly string[] =>
  database
    .prepare(
      `SELECT former + 1 AS first, position - 1 AS last FROM (SELECT position, lag(position, 1, 0) OVER (ORDER BY position) AS former FROM events)
       WHERE position <> former + 1 LIMIT ?`,
    )
    .all(TOLD_MOST)
    .map(({ first, last }) => `the positions ${String(first)} to ${String(last)} are missing`);

const streamsWithGaps = (database: DatabaseSync): readonly string[] =>
  database
    .prepare(
      `SELECT coalesce(s.name, 'without a name') AS name, coalesce(g.events, 0) AS events, coalesce(s.head + 1, 0) AS revisions
       FROM (SELECT stream, count(*) AS events, min(revision) AS low, max(revision) AS high FROM events GROUP BY stream) g
       FULL JOIN streams s ON s.id = g.stream
       WHERE s.id IS NULL OR g.stream IS NULL OR g.low <> 0 OR g.high <> s.head OR g.events <> s.head + 1 LIMIT ?`,
    )
    .all(TOLD_MOST)
    .map(({ name, events, revisions }) => `the stream ${String(name)} has ${String(events)} events of ${String(revisions)}`);

/**
 * Events behind a place that are not as they were written, or not in the order in which they were. None where the log has no proofs yet.
 */
export function proofDamage(database: DatabaseSync, after: number): readonly string[] {
  if (metaOf(database, 'proven') === null) return [];
  const events = new StoredEvents(database);
  const first: number[] = [];
  let altered = 0;
  let before = valueIn(database, 'SELECT proof FROM events WHERE position = ?', after) ?? '';
  for (let page = events.after(after); page.length > 0; page = events.after(page.at(-1)?.position ?? 0)) {
    for (const { position, stream, category, digest, proof } of page) {
      if (proof !== proofOf(before, digest) || category !== stream.slice(0, stream.indexOf('-'))) {
        altered += 1;
        if (altered <= TOLD_MOST) first.push(position);
      }
      before = proof ?? '';
    }
  }
  if (altered === 0) return [];
  const more = altered > TOLD_MOST ? ` and ${altered - TOLD_MOST} more` : '';
  return [`events are not as they were written, at position ${first.join(', ')}${more}`];
}

/** Rows of the vault that are not as they were written, and whether some are missing. On one state of the file. */
export function vaultDamage(database: DatabaseSync): readonly string[] {
  if (metaOf(database, 'proven') === null) return [];
  database.exec('BEGIN');
  try {
    const origin = originOf(database);
    const kept = readTotal(metaOf(database, 'vault') ?? '');
    const altered: string[] = [];
    let total = EMPTY_VAULT;
    for (const row of database.prepare('SELECT reference, key, contact, erased, proof FROM vault').iterate()) {
      const { reference, key, contact, erased, proof } = row as unknown as VaultColumns;
      if (vaultProof(origin, { reference, key, contact, isErased: erased === 1 }) !== proof) altered.push(reference);
      else total = totalWith(total, null, proof);
    }
    if (kept === null) return ['the vault does not tell how many rows it has'];
    const told = altered.slice(0, TOLD_MOST).join(', ');
    const rows = total.rows + altered.length;
    return [
      ...(altered.length > 0 ? [`${altered.length} rows of the vault are not as they were written: ${told}`] : []),
      ...(rows !== kept.rows ? [`the vault has ${rows} rows of ${kept.rows}`] : []),
      ...(altered.length === 0 && rows === kept.rows && total.sum !== kept.sum ? ['a row of the vault is an older one'] : []),
    ];
  } finally {
    database.exec('COMMIT');
  }
}

interface VaultColumns {
  readonly reference: string;
  readonly key: Uint8Array | null;
  readonly contact: Uint8Array | null;
  readonly erased: number;
  readonly proof: string;
}
