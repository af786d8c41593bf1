import {
  type Contact,
  DamagedKey,
  Erased,
  type Sealed,
  type SealedText,
  type Unsealed,
  type UnsealPurpose,
  type Vault,
} from '@onedoor/engine';
import { BoundedCache, type Reference } from '@onedoor/kernel';
import { mac, randomBytes, seal, unseal } from './seal.js';

/** Where a vault keeps its keys, and the contacts in sealed form. */
export interface Keyring {
  /** The reference's key, durable: the one it has, else the candidate from now on; null after an erasure. */
  keyOf(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null>;
  /** At once where it can be. */
  find(reference: Reference): KeyringEntry | null | Promise<KeyringEntry | null>;
  /** The keys of a page of references in one call; without their contacts. What is not there is left out. */
  findKeys(references: readonly Reference[]): KeysFound | Promise<KeysFound>;
  /** Keeps a contact that is sealed with this key, if it is the reference's, or becomes it: one round trip for a new reference. */
  keepContact(reference: Reference, key: Uint8Array, contact: Uint8Array): Promise<KeptContact>;
  destroy(reference: Reference): Promise<void>;
}

export type KeysFound = ReadonlyMap<Reference, Pick<KeyringEntry, 'key' | 'isErased'>>;

export type KeptContact = 'kept' | 'erased' | { readonly otherKey: Uint8Array };

export interface KeyringEntry {
  readonly key: Uint8Array | null;
  readonly contact: Uint8Array | null;
  readonly isErased: boolean;
}

/** Keys held in memory: about those that a large city uses in a day. */
const KEYS_MAX = 10_000;
const KEY_BYTES = 32;

interface SealedVaultOptions {
  /**
   * Other processes erase from this keyring too. Then no key is held in memory, and every seal and unseal asks the keyring: an
   * erasure by any of them holds for all from the moment it was answered.
   */
  readonly isShared?: boolean;
}

/** The vault of all adapters. A contact is sealed with its reference's key, so one key destroys everything. */
export class SealedVault implements Vault {
  readonly #keys: BoundedCache<Reference, Uint8Array> | null;
  /** Keys that were proposed to the keyring, without an answer so far. */
  readonly #candidates = new BoundedCache<Reference, Uint8Array>(KEYS_MAX);
  readonly #asked = new Map<Reference, Promise<Uint8Array | null>>();
  /** References that this process erased: a late answer of the keyring must not bring such a key back. */
  readonly #erased = new Set<Reference>();

  constructor(
    private readonly keyring: Keyring,
    { isShared = false }: SealedVaultOptions = {},
  ) {
    this.#keys = isShared ? null : new BoundedCache(KEYS_MAX);
  }

  async seal(reference: Reference, text: string): Promise<Sealed> {
    return { sealed: seal(await this.#keyFor(reference), reference, text).toString('base64url') };
  }

  async unseal(reference: Reference, { sealed }: Sealed, _purpose: UnsealPurpose): Promise<string | null> {
    const key = await this.#findKey(reference);
    return key && unseal(key, reference, Buffer.from(sealed, 'base64url'));
  }

  async unsealAll(texts: readonly SealedText[], _purpose: UnsealPurpose): Promise<readonly Unsealed[]> {
    const unknown = new Set(texts.map(({ reference }) => reference).filter((reference) => !this.#keys?.get(reference)));
    const found: KeysFound = unknown.size === 0 ? new Map() : await this.keyring.findKeys([...unknown]);
    for (const [reference, { key, isErased }] of found) if (key && !isErased) this.#keep(reference, key);
    return texts.map(({ reference, sealed }): Unsealed => {
      const entry = found.get(reference);
      if (entry?.isErased || this.#erased.has(reference)) return { outcome: 'erased' };
      const key = entry?.key ?? this.#keys?.get(reference);
      return key ? opened(key, reference, sealed) : { outcome: 'damaged', reason: missingKey(reference).message };
    });
  }

  async sealContact(reference: Reference, contact: Contact): Promise<Sealed> {
    return { sealed: seal(await this.#keyFor(reference), contactOf(reference), JSON.stringify(contact)).toString('base64url') };
  }

  async openContact(reference: Reference, { sealed }: Sealed, _purpose: UnsealPurpose): Promise<Contact | null> {
    const key = await this.#findKey(reference);
    return key && (JSON.parse(unseal(key, contactOf(reference), Buffer.from(sealed, 'base64url'))) as Contact);
  }

  async mac(reference: Reference, text: string): Promise<string | null> {
    const key = await this.#keyFor(reference).catch(ifErased(null));
    return key && mac(key, reference, text);
  }

  async keepContact(reference: Reference, contact: Contact): Promise<void> {
    let key = this.#candidateFor(reference);
    for (;;) {
      const sealed = Uint8Array.from(seal(key, reference, JSON.stringify(contact)));
      const kept = await this.keyring.keepContact(reference, key, sealed);
      if (kept === 'erased') throw erased(reference);
      if (kept === 'kept') return this.#keep(reference, key);
      key = kept.otherKey;
    }
  }

  async contact(reference: Reference, _purpose: UnsealPurpose): Promise<Contact | null> {
    const entry = await this.keyring.find(reference);
    if (!entry?.contact) return null;
    if (!entry.key) throw missingKey(reference);
    return JSON.parse(unseal(entry.key, reference, entry.contact)) as Contact;
  }

  async destroy(reference: Reference): Promise<void> {
    this.#erased.add(reference);
    this.#keys?.delete(reference);
    await this.keyring.destroy(reference);
  }

  async #keyFor(reference: Reference): Promise<Uint8Array> {
    const known = this.#keys?.get(reference);
    if (known) return known;
    const candidate = this.#candidateFor(reference);
    const key = await (this.#asked.get(reference) ?? this.#ask(reference, candidate));
    if (key === null) throw erased(reference);
    this.#keep(reference, key);
    return key;
  }

  /** Calls that run side by side share one question: a report has several texts. Not where another process may erase in between. */
  #ask(reference: Reference, candidate: Uint8Array): Promise<Uint8Array | null> {
    const asked = this.keyring.keyOf(reference, candidate);
    if (this.#keys === null) return asked;
    this.#asked.set(reference, asked);
    const forget = (): void => void this.#asked.delete(reference);
    asked.then(forget, forget);
    return asked;
  }

  /** The known key, or one that becomes the reference's unless it has another. Calls that run side by side share it. */
  #candidateFor(reference: Reference): Uint8Array {
    if (this.#erased.has(reference)) throw erased(reference);
    const known = this.#keys?.get(reference) ?? this.#candidates.get(reference);
    if (known) return known;
    const candidate = Uint8Array.from(randomBytes(KEY_BYTES));
    this.#candidates.set(reference, candidate);
    return candidate;
  }

  async #findKey(reference: Reference): Promise<Uint8Array | null> {
    if (this.#erased.has(reference)) return null;
    const known = this.#keys?.get(reference);
    if (known) return known;
    const entry = await this.keyring.find(reference);
    if (entry?.isErased || this.#erased.has(reference)) return null;
    if (!entry?.key) throw missingKey(reference);
    this.#keep(reference, entry.key);
    return entry.key;
  }

  #keep(reference: Reference, key: Uint8Array): void {
    this.#candidates.delete(reference);
    if (this.#erased.has(reference)) return;
    this.#keys?.set(reference, key);
  }
}

/** What a contact is authenticated by, so that no text opens as a contact and no contact as a text. */
const contactOf = (reference: Reference): string => `contact of ${reference}`;

function opened(key: Uint8Array, reference: Reference, { sealed }: Sealed): Unsealed {
  try {
    return { outcome: 'text', text: unseal(key, reference, Buffer.from(sealed, 'base64url')) };
  } catch (error) {
    return { outcome: 'damaged', reason: `What is sealed under ${reference} does not open: ${(error as Error).message}` };
  }
}

const ifErased =
  <Answer>(answer: Answer) =>
  (error: unknown): Answer => {
    if (error instanceof Erased) return answer;
    throw error;
  };

const erased = (reference: Reference): Erased => new Erased(`The personal data of ${reference} was erased`);

/** No erasure: there is no record that this key was destroyed. */
export const missingKey = (reference: Reference): DamagedKey =>
  new DamagedKey(`The vault is damaged: the key of ${reference} is missing and was never erased`);
