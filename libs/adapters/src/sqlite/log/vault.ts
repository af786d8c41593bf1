import { Unavailable } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { type KeysFound, type KeptContact, type Keyring, type KeyringEntry, SealedVault } from '../../shared/sealed-vault.js';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import type { LogJobs } from './log-jobs.js';

/** The vault beside the events in `log.db`: as durable as they are, and restored together with them. */
export class SqliteVault extends SealedVault {
  constructor(connection: ReadConnection, writer: Writer<LogJobs> | null) {
    super(new SqliteKeyring(connection, writer));
  }
}

const KEYS_OF = 'SELECT reference, key, erased FROM vault WHERE reference IN (SELECT value FROM json_each(?))';

class SqliteKeyring implements Keyring {
  constructor(
    private readonly connection: ReadConnection,
    private readonly writer: Writer<LogJobs> | null,
  ) {}

  async keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    return this.#writer().ask('key', { reference, candidate }, 0, (key) => key);
  }

  find(reference: Reference): KeyringEntry | null {
    const row = this.connection.row('SELECT key, contact, erased FROM vault WHERE reference = ?', reference);
    return row && { key: row[0] as Uint8Array | null, contact: row[1] as Uint8Array | null, isErased: row[2] === 1 };
  }

  findKeys(references: readonly Reference[]): KeysFound {
    const rows = this.connection.rows(KEYS_OF, JSON.stringify(references));
    return new Map(
      rows.map(([reference, key, erased]) => [reference as Reference, { key: key as Uint8Array | null, isErased: erased === 1 }]),
    );
  }

  async keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact> {
    return this.#writer().ask('keepContact', { reference, key, contact }, contact.length, (outcome) => outcome);
  }

  async destroy(reference: Reference): Promise<void> {
    await this.#writer().ask('destroy', reference, 0, () => undefined);
  }

  #writer(): Writer<LogJobs> {
    if (!this.writer) throw new Unavailable('The vault is open for reading only');
    return this.writer;
  }
}
