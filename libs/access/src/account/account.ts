import { reject, rejectAbsent, type Rejection } from '@onedoor/kernel';
import type { StoredPassword } from './events.js';
import type { RoleAssignment } from './role-assignment.js';

export type AccountState = { readonly exists: false } | Account;

export interface Account {
  readonly exists: true;
  readonly assignment: RoleAssignment;
  /** Null between the two events of its creation, and never after. */
  readonly password: StoredPassword | null;
  /** Incremented by each new password: a session names the generation it began under, and is over with it. */
  readonly generation: number;
  readonly isDisabled: boolean;
}

export const ACCOUNT_UNKNOWN = rejectAbsent('ACCOUNT_UNKNOWN', 'There is no such account');

/** The one transition table: which commands a disabled account still allows. An account that is not disabled allows all of them. */
const ALLOWED_WHEN_DISABLED = { 'set-password': false, 'grant-role': false, disable: true } as const;

export type AccountCommandName = keyof typeof ALLOWED_WHEN_DISABLED;

/** Why an account does not allow a command; null where it does. */
export const accountRefusal = (name: AccountCommandName, { isDisabled }: Account): Rejection | null =>
  isDisabled && !ALLOWED_WHEN_DISABLED[name] ? reject('ACCOUNT_DISABLED', 'The account was disabled for good') : null;

/** The codes by which the table can refuse a command. */
export const accountRefusalsOf = (name: AccountCommandName): readonly string[] => (ALLOWED_WHEN_DISABLED[name] ? [] : ['ACCOUNT_DISABLED']);
