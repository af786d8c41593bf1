import type { Reference } from '@onedoor/kernel';
import { randomBytes } from 'node:crypto';
import { type Keyring, type KeyringEntry, SealedVault } from '../shared/sealed-vault.js';

/** The vault in memory: the same sealing as on disk, forgotten with the process. */
export class MemoryVault extends SealedVault {
  constructor() {
    super(new MemoryKeyring());
  }
}

const KEY_BYTES = 32;

class MemoryKeyring implements Keyring {
  readonly #entries = new Map<Reference, KeyringEntry>();

  async makeKey(reference: Reference): Promise<Uint8Array | null> {
    const known = this.#entries.get(reference);
    if (known) return known.key;
    const key = randomBytes(KEY_BYTES);
    this.#entries.set(reference, { key, contact: null, isErased: false });
    return key;
  }

  find(reference: Reference): KeyringEntry | null {
    return this.#entries.get(reference) ?? null;
  }

  async keepContact(reference: Reference, contact: Uint8Array): Promise<'kept' | 'erased'> {
    const entry = this.#entries.get(reference);
    if (!entry || entry.isErased) return 'erased';
    this.#entries.set(reference, { ...entry, contact });
    return 'kept';
  }

  async destroy(reference: Reference): Promise<void> {
    this.#entries.set(reference, { key: null, contact: null, isErased: true });
  }
}
