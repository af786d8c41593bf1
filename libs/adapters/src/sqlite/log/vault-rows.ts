import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { EMPTY_VAULT, readTotal, totalWith, vaultProof, writtenTotal, type VaultRow, type VaultTotal } from './proof.js';
import { metaOf, originOf } from './tables.js';

/** The rows of the vault as its writer sees them. Every change of one goes through `put`, which keeps its proof and the total. */
export class VaultRows {
  #total: VaultTotal = EMPTY_VAULT;
  #isChanged = false;
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #keep: StatementSync;
  readonly #database: DatabaseSync;
  readonly #origin: string;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#origin = originOf(database);
    this.#find = database.prepare('SELECT key, contact, erased, proof FROM vault WHERE reference = ?');
    this.#put = database.prepare(
      `INSERT INTO vault (reference, key, contact, erased, proof) VALUES (?, ?, ?, ?, ?) ON CONFLICT (reference)
       DO UPDATE SET key = excluded.key, contact = excluded.contact, erased = excluded.erased, proof = excluded.proof`,
    );
    this.#keep = database.prepare("UPDATE meta SET value = ? WHERE key = 'vault'");
    this.reload();
  }

  /** `isWhole`: it is as it was written. */
  find(reference: string): (VaultRow & { readonly proof: string; readonly isWhole: boolean }) | null {
    const row = this.#find.get(reference) as { key: Uint8Array; contact: Uint8Array; erased: number; proof: string } | undefined;
    if (row === undefined) return null;
    const found = { reference, key: row.key, contact: row.contact, isErased: row.erased === 1 };
    return { ...found, proof: row.proof, isWhole: vaultProof(this.#origin, found) === row.proof };
  }

  /** `former` is the row that it replaces; null for a new one. */
  put(row: VaultRow, former: { readonly proof: string } | null): void {
    const proof = vaultProof(this.#origin, row);
    this.#put.run(row.reference, row.key, row.contact, row.isErased ? 1 : 0, proof);
    this.#total = totalWith(this.#total, former?.proof ?? null, proof);
    this.#isChanged = true;
  }

  /** Writes the total: the last of a transaction that changed rows. */
  keepTotal(): void {
    if (this.#isChanged) this.#keep.run(writtenTotal(this.#total));
    this.#isChanged = false;
  }

  /** Takes the total of the file again: after a transaction that was rolled back. */
  reload(): void {
    const total = readTotal(metaOf(this.#database, 'vault') ?? '');
    if (total === null) throw new Error('the file does not tell how many rows its vault has');
    this.#total = total;
    this.#isChanged = false;
  }
}
