import type { AccountEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const ACCOUNT_SHAPES: Readonly<Record<AccountEvent['type'], { readonly v: number }>> = {
  AccountCreated: { v: 1 },
  PasswordSet: { v: 1 },
  RoleGranted: { v: 1 },
  AccountDisabled: { v: 1 },
};
