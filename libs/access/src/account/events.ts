import type { DomainEvent } from '@onedoor/kernel';
import { assignmentWords, type RoleAssignment } from './role-assignment.js';

/** The events of an account. The actor is in their metadata. */
export type AccountEvent = AccountCreated | PasswordSet | RoleGranted | AccountDisabled;

export type AccountCreated = DomainEvent<'AccountCreated', RoleAssignment>;

/** The account has this password from now on, and every session that began under an older one is over. */
export type PasswordSet = DomainEvent<'PasswordSet', StoredPassword>;

/** The account has this role from now on. */
export type RoleGranted = DomainEvent<'RoleGranted', RoleAssignment>;

/** The account signs in no more. Its id stays taken, so that a history never speaks of two accounts by one name. */
export type AccountDisabled = DomainEvent<'AccountDisabled', Readonly<Record<never, never>>>;

export interface StoredPassword {
  /** The hash of the password, sealed under the account's own key: the log holds not even the hash in clear. */
  readonly hash: { readonly sealed: string };
  /** Whether the password is a demonstration's, and stands in its documentation. */
  readonly isPublished: boolean;
}

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const ACCOUNT_SHAPES: Readonly<Record<AccountEvent['type'], { readonly v: number }>> = {
  AccountCreated: { v: 1 },
  PasswordSet: { v: 1 },
  RoleGranted: { v: 1 },
  AccountDisabled: { v: 1 },
};

/** One sentence for an event, for people who read its history. */
export function describeAccount({ type, data }: AccountEvent): string {
  switch (type) {
    case 'AccountCreated':
      return `Account created, as ${assignmentWords(data)}`;
    case 'PasswordSet':
      return 'Password set; sessions that began before are over';
    case 'RoleGranted':
      return `Is ${assignmentWords(data)} from now on`;
    case 'AccountDisabled':
      return 'Account disabled for good';
  }
}
