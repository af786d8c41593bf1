import type { Projection } from '@onedoor/engine';
import { idOf, type Instant } from '@onedoor/kernel';
import { ACCOUNT_SHAPES, type AccountEvent } from './events.js';
import type { RoleAssignment } from './role-assignment.js';

/** An account, as administrators see it among the others. */
export interface ListedAccount extends RoleAssignment {
  readonly id: string;
  readonly isDisabled: boolean;
  readonly createdAt: Instant;
}

/** The accounts in the order of their ids. For lists only: who may sign in is asked of each account's stream. */
export const ACCOUNT_LIST: Projection<ListedAccount, AccountEvent> = {
  collection: { name: 'accounts', version: 1, indexes: [['id'], ['role', 'id']] },
  categories: ['account'],
  shapes: ACCOUNT_SHAPES,
  handles: ['AccountCreated', 'RoleGranted', 'AccountDisabled'],
  keys: ({ stream }) => [idOf(stream)],
  evolve(document, event) {
    if (event.type === 'AccountCreated') return { id: idOf(event.stream), ...event.data, isDisabled: false, createdAt: event.at };
    if (document === null) return null;
    return event.type === 'RoleGranted' ? { ...document, ...event.data } : { ...document, isDisabled: true };
  },
};
