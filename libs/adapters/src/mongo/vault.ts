import { Unavailable } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { type Connection, type Model, Schema } from 'mongoose';
import { type KeysFound, type KeptContact, type Keyring, type KeyringEntry, missingKey, SealedVault } from '../shared/sealed-vault.js';
import type { Calls } from './calls.js';
import { isDuplicate } from './failures.js';

/**
 * The vault that several processes share. It holds no key in memory: each seal and each unseal asks for it, one read by its id,
 * so that an erasure by any process holds for all of them from the moment it was answered.
 */
export class MongoVault extends SealedVault {
  constructor(connection: Connection, calls: Calls) {
    super(new MongoKeyring(connection, calls), { isShared: true });
  }
}

interface VaultDocument {
  readonly _id: Reference;
  readonly key: Buffer | null;
  /** Sealed with the key. */
  readonly contact: Buffer | null;
  readonly isErased: boolean;
}

const SCHEMA = new Schema<VaultDocument>(
  { _id: String, key: Buffer, contact: Buffer, isErased: Boolean },
  { strict: 'throw', versionKey: false },
);

/** Another process may be first; one more round then finds what it wrote. */
const ATTEMPTS_MAX = 8;

class MongoKeyring implements Keyring {
  readonly #model: Model<VaultDocument>;

  constructor(
    connection: Connection,
    private readonly calls: Calls,
  ) {
    this.#model = connection.model<VaultDocument>('vault', SCHEMA, 'vault');
  }

  /** Always a write, even where it changes nothing: its answer waits until what it found is durable as well. */
  async keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    const first = { key: Buffer.from(candidate), isErased: false };
    const entry = await this.#retryingDuplicates(() =>
      this.#model.findOneAndUpdate({ _id: reference }, { $setOnInsert: first }, { upsert: true, returnDocument: 'after' }).lean().exec(),
    );
    return standingKey(reference, entry);
  }

  async find(reference: Reference): Promise<KeyringEntry | null> {
    const found = await this.calls.read(() => this.#model.findById(reference).lean().exec());
    return found && { key: found.key ?? null, contact: found.contact ?? null, isErased: found.isErased };
  }

  async findKeys(references: readonly Reference[]): Promise<KeysFound> {
    const found = await this.calls.read(() =>
      this.#model
        .find({ _id: { $in: references } }, { key: 1, isErased: 1 })
        .lean()
        .exec(),
    );
    return new Map(found.map(({ _id, key, isErased }) => [_id, { key: key ?? null, isErased }]));
  }

  async keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact> {
    const sealedWith = { _id: reference, key: Buffer.from(key), isErased: false };
    try {
      await this.calls.write(() => this.#model.updateOne(sealedWith, { $set: { contact: Buffer.from(contact) } }, { upsert: true }).exec());
      return 'kept';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // Erased, another key, or this very key inserted by a concurrent call: the caller tries again with the key that is there.
    const otherKey = standingKey(reference, await this.find(reference));
    return otherKey === null ? 'erased' : { otherKey };
  }

  async destroy(reference: Reference): Promise<void> {
    await this.#retryingDuplicates(() =>
      this.#model.updateOne({ _id: reference }, { $set: { key: null, contact: null, isErased: true } }, { upsert: true }).exec(),
    );
  }

  /** Of two concurrent first writes of one document, the second fails with a duplicate key, and finds the document the next time. */
  async #retryingDuplicates<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.calls.write(write);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        if (attempt === ATTEMPTS_MAX) throw new Unavailable('Too many write to one document of the vault at once');
      }
    }
  }
}

/** Null after an erasure only: a key that is missing otherwise is damage. */
function standingKey(reference: Reference, entry: Pick<KeyringEntry, 'key' | 'isErased'> | null): Uint8Array | null {
  if (entry?.isErased) return null;
  if (!entry?.key) throw missingKey(reference);
  return entry.key;
}
