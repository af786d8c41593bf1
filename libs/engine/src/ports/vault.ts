import type { Reference } from '@onedoor/kernel';

/**
 * Personal data, by reference: contacts, and one key a reference that seals its free text. Erasure destroys both and leaves a
 * tombstone; a key that is missing without a tombstone is reported as corruption.
 */
export interface Vault {
  /** Encrypts text with the reference's key, made and durable before this resolves. Fails with `Erased` after an erasure. */
  seal(reference: Reference, text: string): Promise<Sealed>;
  /** Null after an erasure. `purpose` says what it is read for (`present`, `notify`, `search`, `sign_in`): it is logged. */
  unseal(reference: Reference, sealed: Sealed, purpose: UnsealPurpose): Promise<string | null>;
  keepContact(reference: Reference, contact: Contact): Promise<void>;
  /** Null when none was given, and after an erasure. */
  contact(reference: Reference, purpose: UnsealPurpose): Promise<Contact | null>;
  /** Destroys key and contact irrecoverably. Idempotent. */
  destroy(reference: Reference): Promise<void>;
}

/** Base64url of nonce, ciphertext and tag. Opaque to everything but the vault. */
export interface Sealed {
  readonly sealed: string;
}

export type UnsealPurpose = 'present' | 'notify' | 'search' | 'sign_in';

export interface Contact {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly deviceId?: string;
  readonly accountId?: string;
}
