import { Unavailable } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { type Connection, type Model, Schema } from 'mongoose';
import { type KeptContact, type Keyring, type KeyringEntry, SealedVault } from '../shared/sealed-vault.js';
import { answerOf } from './answer-of.js';
import { isDuplicate } from './failures.js';

/**
 * The vault that several processes share. It holds no key in memory: each seal and each unseal asks for it, one read by its id,
 * so that an erasure by any process holds for all of them from the moment it was answered.
 */
export class MongoVault extends SealedVault {
  constructor(connection: Connection) {
    super(new MongoKeyring(connection), { isShared: true });
  }
}

interface VaultDocument {
  readonly _id: Reference;
  readonly key: Buffer | null;
  /** Sealed with the key. */
  readonly contact: Buffer | null;
  readonly isErased: boolean;
}

const SCHEMA = new Schema<VaultDocument>({ _id: String, key: Buffer, contact: Buffer, isErased: Boolean }, { strict: 'throw', versionKey: false });

/** Another process may be first; one more round then sees what stands. */
const ATTEMPTS_MAX = 8;

class MongoKeyring implements Keyring {
  readonly #model: Model<VaultDocument>;

  constructor(connection: Connection) {
    this.#model = connection.model<VaultDocument>('vault', SCHEMA, 'vault');
  }

  /** Always a write, even where it changes nothing: its answer waits until what it found is durable as well. */
  async keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    const first = { key: Buffer.from(candidate), isErased: false };
    const entry = await untilAlone(() =>
      this.#model.findOneAndUpdate({ _id: reference }, { $setOnInsert: first }, { upsert: true, returnDocument: 'after' }).lean(),
    );
    return standingKey(reference, entry);
  }

  async find(reference: Reference): Promise<KeyringEntry | null> {
    const found = await answerOf(() => this.#model.findById(reference).lean());
    return found && { key: found.key ?? null, contact: found.contact ?? null, isErased: found.isErased };
  }

  async keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact> {
    const sealedWith = { _id: reference, key: Buffer.from(key), isErased: false };
    try {
      await answerOf(() => this.#model.updateOne(sealedWith, { $set: { contact: Buffer.from(contact) } }, { upsert: true }));
      return 'kept';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    // Erased, sealed with another key, or this very key was inserted by a call beside this one: the caller tries again with what stands.
    const otherKey = standingKey(reference, await this.find(reference));
    return otherKey === null ? 'erased' : { otherKey };
  }

  async destroy(reference: Reference): Promise<void> {
    await untilAlone(() => this.#model.updateOne({ _id: reference }, { $set: { key: null, contact: null, isErased: true } }, { upsert: true }));
  }
}

/** Two first writes of one document meet at its key: whoever was second finds it the next time. */
async function untilAlone<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await answerOf(write);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      if (attempt === ATTEMPTS_MAX) throw new Unavailable('Too many write to one document of the vault at once');
    }
  }
}

/** Null after an erasure only: a key that is missing otherwise is damage. */
function standingKey(reference: Reference, entry: Pick<KeyringEntry, 'key' | 'isErased'> | null): Uint8Array | null {
  if (entry?.isErased) return null;
  if (!entry?.key) throw new Error(`The vault is damaged: the key of ${reference} is missing and was never erased`);
  return entry.key;
}
