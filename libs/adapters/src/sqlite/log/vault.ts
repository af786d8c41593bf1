import { DamagedKey, Unavailable } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { type KeysFound, type KeptContact, type Keyring, type KeyringEntry, missingKey, SealedVault } from '../../shared/sealed-vault.js';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import type { LogJobs } from './log-jobs.js';
import { vaultProof, type VaultRow } from './proof.js';

/** The vault beside the events in `log.db`: as durable as they are, and restored together with them. */
export class SqliteVault extends SealedVault {
  constructor(connection: ReadConnection, writer: Writer<LogJobs> | null) {
    super(new SqliteKeyring(connection, writer));
  }
}

const COLUMNS = 'reference, key, contact, erased';
const ROW = 'WHERE reference = ?';
const PAGE = 'WHERE reference IN (SELECT value FROM json_each(?))';

class SqliteKeyring implements Keyring {
  readonly #origin: string;
  /** Of a log of an earlier release, which is read beside nothing that writes, there are no proofs. */
  readonly #isProven: boolean;

  constructor(
    private readonly connection: ReadConnection,
    private readonly writer: Writer<LogJobs> | null,
  ) {
    this.#isProven = connection.row("SELECT 1 FROM meta WHERE key = 'proven'") !== null;
    this.#origin = String(connection.row("SELECT value FROM meta WHERE key = 'origin'")?.[0]);
  }

  async keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    return this.#writer().ask('key', { reference, candidate }, 0, (key) => wholeOr(reference, key));
  }

  find(reference: Reference): KeyringEntry | null {
    const row = this.#rows(ROW, reference)[0];
    if (row === undefined) return null;
    if (!row.isWhole && row.key !== null) throw alteredRow(reference);
    return row;
  }

  /** A row that is not as it was written has no key. */
  findKeys(references: readonly Reference[]): KeysFound {
    return new Map(
      this.#rows(PAGE, JSON.stringify(references)).map(({ reference, key, isErased, isWhole }) => [
        reference,
        isWhole ? { key, isErased } : { key: null, isErased: false },
      ]),
    );
  }

  async keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact> {
    return this.#writer().ask('keepContact', { reference, key, contact }, contact.length, (outcome) => wholeOr(reference, outcome));
  }

  async destroy(reference: Reference): Promise<void> {
    await this.#writer().ask('destroy', reference, 0, () => undefined);
  }

  #rows(where: string, parameter: string): readonly (VaultRow & { readonly isWhole: boolean })[] {
    const rows = this.connection.rows(`SELECT ${COLUMNS}, ${this.#isProven ? 'proof' : 'NULL'} FROM vault ${where}`, parameter);
    return (rows as unknown as readonly Columns[]).map(([reference, key, contact, erased, proof]) => {
      const row = { reference, key, contact, isErased: erased === 1 };
      return { ...row, isWhole: !this.#isProven || vaultProof(this.#origin, row) === proof };
    });
  }

  #writer(): Writer<LogJobs> {
    if (!this.writer) throw new Unavailable('The vault is open for reading only');
    return this.writer;
  }
}

function wholeOr<Answer>(reference: Reference, answer: Answer | 'damaged'): Answer {
  if (answer === 'damaged') throw missingKey(reference);
  return answer;
}

type Columns = readonly [reference: Reference, key: Uint8Array | null, contact: Uint8Array | null, erased: number, proof: string | null];

const alteredRow = (reference: Reference): DamagedKey =>
  new DamagedKey(`The vault is damaged: the row of ${reference} is not as it was written`);
