import type { DatabaseSync } from 'node:sqlite';
import { proofOf } from '../../shared/digest.js';
import { EMPTY_VAULT, totalWith, vaultProof, writtenTotal } from './proof.js';
import { StoredEvents } from './stored-events.js';
import { inTransaction, metaOf, originOf, setMeta } from './tables.js';

/**
 * Proves the rows of a log that an earlier release wrote, once: in batches of one transaction each, so that one that was killed goes on
 * where it was. `at` is recorded: up to that instant nothing shows whether a row had been changed.
 */
export function proveOlder(database: DatabaseSync, at: string): void {
  if (metaOf(database, 'proven') !== null) return;
  const events = new StoredEvents(database);
  let through = Number(metaOf(database, 'proving') ?? 0);
  while (inTransaction(database, () => (through = proveBatch(database, events, through))) > 0);
  inTransaction(database, () => {
    proveVault(database);
    setMeta(database, 'proven', JSON.stringify({ through: Number(metaOf(database, 'proving') ?? 0), at }));
    database.exec("DELETE FROM meta WHERE key = 'proving'");
  });
}

/** Returns the last place of the batch, 0 where there is nothing left. */
function proveBatch(database: DatabaseSync, events: StoredEvents, after: number): number {
  let before = String(database.prepare('SELECT proof FROM events WHERE position = ?').get(after)?.proof ?? '');
  const prove = database.prepare('UPDATE events SET proof = ? WHERE position = ?');
  const page = events.after(after);
  for (const { position, digest } of page) prove.run((before = proofOf(before, digest)), position);
  const last = page.at(-1)?.position ?? 0;
  if (last > 0) setMeta(database, 'proving', String(last));
  return last;
}

function proveVault(database: DatabaseSync): void {
  const prove = database.prepare('UPDATE vault SET proof = ? WHERE reference = ?');
  const origin = originOf(database);
  let total = EMPTY_VAULT;
  for (const row of database.prepare('SELECT reference, key, contact, erased FROM vault').all()) {
    const { reference, key, contact, erased } = row as { reference: string; key: Uint8Array; contact: Uint8Array; erased: number };
    const proof = vaultProof(origin, { reference, key, contact, isErased: erased === 1 });
    prove.run(proof, reference);
    total = totalWith(total, null, proof);
  }
  setMeta(database, 'vault', writtenTotal(total));
}
