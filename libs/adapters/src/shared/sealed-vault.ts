import { type Contact, Erased, type Sealed, type UnsealPurpose, type Vault } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { seal, unseal } from './seal.js';

/** Where an embedded vault keeps its keys and the contacts, which are sealed already. */
export interface Keyring {
  /** The reference's key, made and durable when there is none; null after an erasure. */
  makeKey(reference: Reference): Promise<Uint8Array | null>;
  find(reference: Reference): KeyringEntry | null;
  keepContact(reference: Reference, contact: Uint8Array): Promise<'kept' | 'erased'>;
  destroy(reference: Reference): Promise<void>;
}

export interface KeyringEntry {
  readonly key: Uint8Array | null;
  readonly contact: Uint8Array | null;
  readonly isErased: boolean;
}

/** Keys held in memory: about a day's work of a large city. */
const KEYS_MAX = 10_000;

/** The vault of both embedded adapters. A contact is sealed with its reference's key, so one key destroys everything. */
export class SealedVault implements Vault {
  readonly #keys = new Map<Reference, Uint8Array>();
  /** What this process erased: no answer that was under way may bring such a key back. */
  readonly #erased = new Set<Reference>();

  constructor(private readonly keyring: Keyring) {}

  async seal(reference: Reference, text: string): Promise<Sealed> {
    return { sealed: seal(await this.#makeKey(reference), reference, text).toString('base64url') };
  }

  async unseal(reference: Reference, { sealed }: Sealed, _purpose: UnsealPurpose): Promise<string | null> {
    const key = this.#findKey(reference);
    return key && unseal(key, reference, Buffer.from(sealed, 'base64url'));
  }

  async keepContact(reference: Reference, contact: Contact): Promise<void> {
    const key = await this.#makeKey(reference);
    const sealed = Uint8Array.from(seal(key, reference, JSON.stringify(contact)));
    if ((await this.keyring.keepContact(reference, sealed)) === 'erased') throw erased(reference);
  }

  async contact(reference: Reference, _purpose: UnsealPurpose): Promise<Contact | null> {
    const entry = this.keyring.find(reference);
    if (!entry?.contact) return null;
    if (!entry.key) throw missing(reference);
    return JSON.parse(unseal(entry.key, reference, entry.contact)) as Contact;
  }

  async destroy(reference: Reference): Promise<void> {
    this.#erased.add(reference);
    this.#keys.delete(reference);
    await this.keyring.destroy(reference);
  }

  async #makeKey(reference: Reference): Promise<Uint8Array> {
    const known = this.#keys.get(reference);
    if (known) return known;
    if (this.#erased.has(reference)) throw erased(reference);
    const key = await this.keyring.makeKey(reference);
    if (key === null) throw erased(reference);
    this.#keep(reference, key);
    return key;
  }

  #findKey(reference: Reference): Uint8Array | null {
    if (this.#erased.has(reference)) return null;
    const known = this.#keys.get(reference);
    if (known) return known;
    const entry = this.keyring.find(reference);
    if (entry?.isErased) return null;
    if (!entry?.key) throw missing(reference);
    this.#keep(reference, entry.key);
    return entry.key;
  }

  #keep(reference: Reference, key: Uint8Array): void {
    if (this.#erased.has(reference)) return;
    const [oldest] = this.#keys.keys();
    if (this.#keys.size >= KEYS_MAX && oldest !== undefined) this.#keys.delete(oldest);
    this.#keys.set(reference, key);
  }
}

const erased = (reference: Reference): Erased => new Erased(`The personal data of ${reference} was erased`);

/** Not an erasure: nothing says that this key was ever destroyed. */
const missing = (reference: Reference): Error => new Error(`The vault is damaged: the key of ${reference} is missing and was never erased`);
