import type { DomainEvent } from '@onedoor/kernel';
import type { Standing } from './standing.js';

/** Everything that belongs to an account. Who caused it stands in the metadata, as everywhere. */
export type AccountEvent = AccountCreated | PasswordSet | RoleGranted | AccountDisabled;

export type AccountCreated = DomainEvent<'AccountCreated', Standing>;

/** The account has this password from now on, and every session that began with an older one is over. */
export type PasswordSet = DomainEvent<'PasswordSet', StoredPassword>;

/** The account stands for this from now on. */
export type RoleGranted = DomainEvent<'RoleGranted', Standing>;

/** Nobody signs in by it again. Its id stays taken, so that a history never speaks of two by one name. */
export type AccountDisabled = DomainEvent<'AccountDisabled', Readonly<Record<never, never>>>;

export interface StoredPassword {
  /** The hash of the password under the account's own key: not even a hash stands in the log in clear. */
  readonly hash: { readonly sealed: string };
  /** Whether the whole world may know the password, because it is a demo's. */
  readonly isPublished: boolean;
}
