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
  keepContact(reference: Reference, contact: Contact): Promise<void>;
  /** Null when none was given, and after an erasure. */
  contact(reference: Reference, purpose: UnsealPurpose): Promise<Contact | null>;
  /** Destroys key and contact irrecoverably. Idempotent. */
  destroy(reference: Reference): Promise<void>;
}

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
