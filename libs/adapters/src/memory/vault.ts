import type { Reference } from '@onedoor/kernel';
import { type KeysFound, type KeptContact, type Keyring, type KeyringEntry, SealedVault } from '../shared/sealed-vault.js';

/** The vault in memory: the same sealing as on disk, forgotten with the process. */
export class MemoryVault extends SealedVault {
  constructor() {
    super(new MemoryKeyring());
  }
}

class MemoryKeyring implements Keyring {
  readonly #entries = new Map<Reference, KeyringEntry>();

  async keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    const known = this.#entries.get(reference);
    if (known) return known.key;
    this.#entries.set(reference, { key: candidate, contact: null, isErased: false });
    return candidate;
  }

  find(reference: Reference): KeyringEntry | null {
    return this.#entries.get(reference) ?? null;
  }

  findKeys(references: readonly Reference[]): KeysFound {
    return new Map(references.flatMap((reference) => [[reference, this.#entries.get(reference)] as const]).filter(isKnown));
  }

  async keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact> {
    const standing = await this.keyOf(reference, key);
    if (standing === null) return 'erased';
    if (standing !== key && Buffer.compare(standing, key) !== 0) return { otherKey: standing };
    this.#entries.set(reference, { key: standing, contact, isErased: false });
    return 'kept';
  }

  async destroy(reference: Reference): Promise<void> {
    this.#entries.set(reference, { key: null, contact: null, isErased: true });
  }
}

const isKnown = (entry: readonly [Reference, KeyringEntry | undefined]): entry is readonly [Reference, KeyringEntry] =>
  entry[1] !== undefined;
