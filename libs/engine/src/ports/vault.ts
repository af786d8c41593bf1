import type { Sealed } from '@onedoor/contracts';
import type { Reference } from '@onedoor/kernel';

export type { Sealed } from '@onedoor/contracts';

/**
 * Personal data, by reference: contacts, and one key a reference that seals its free text. Erasure destroys both and leaves a
 * tombstone; a key that is missing without a tombstone is reported as corruption.
 */
export interface Vault {
  /** Encrypts text with the reference's key, made and durable before this resolves. Fails with `Erased` after an erasure. */
  seal(reference: Reference, text: string): Promise<Sealed>;
  /** Null after an erasure. `purpose` says what it is read for (`present`, `notify`, `search`, `sign_in`): it is logged. */
  unseal(reference: Reference, sealed: Sealed, purpose: UnsealPurpose): Promise<string | null>;
  /** The same for a page of texts, with one call of what keeps the keys. One that is damaged spoils no other. */
  unsealAll(texts: readonly SealedText[], purpose: UnsealPurpose): Promise<readonly Unsealed[]>;
  /** Encrypts a contact as `seal` does a text. What comes of it is opened by `openContact` alone, and read by the event that holds it. */
  sealContact(reference: Reference, contact: Contact): Promise<Sealed>;
  /** Null after an erasure. */
  openContact(reference: Reference, sealed: Sealed, purpose: UnsealPurpose): Promise<Contact | null>;
  /**
   * A keyed hash of some text, the same for the same text and of no use for guessing it without the reference's key, which is made where
   * there is none. Null after an erasure: nothing is compared then.
   */
  mac(reference: Reference, text: string): Promise<string | null>;
  /** Keeps a contact beside the key, as releases did before contacts stood in events. */
  keepContact(reference: Reference, contact: Contact): Promise<void>;
  /** The contact that is kept beside the key; null when none was given, and after an erasure. */
  contact(reference: Reference, purpose: UnsealPurpose): Promise<Contact | null>;
  /** Destroys key and contact irrecoverably. Idempotent. */
  destroy(reference: Reference): Promise<void>;
}

/**
 * The key of a reference is missing or altered, and was never erased: what is sealed for it does not open, and nothing can be sealed for it
 * until the data is restored. The message holds no personal data.
 */
export class DamagedKey extends Error {
  override readonly name = 'DamagedKey';
}

/** A text to be unsealed, and whose key it is under. */
export interface SealedText {
  readonly reference: Reference;
  readonly sealed: Sealed;
}

/** What became of one text of a page. */
export type Unsealed =
  | { readonly outcome: 'text'; readonly text: string }
  | { readonly outcome: 'erased' }
  /** The key is missing without an erasure, or it does not open the text. `reason` holds no personal data. */
  | { readonly outcome: 'damaged'; readonly reason: string };

/**
 * `present`: shown to everyone, as the request is public. `work`: read by the staff who work on it. `notify`: written to the reporter.
 * `search`: put into an index that staff search. `sign_in`: compared with what an account signs in by.
 */
export type UnsealPurpose = 'present' | 'work' | 'notify' | 'search' | 'sign_in';

export interface Contact {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly deviceId?: string;
  readonly accountId?: string;
}
