import { defineCommand, type Asked } from '@onedoor/engine';
import { reject, type Rejection } from '@onedoor/kernel';
import type { AccountNeeds } from '../account-needs.service.js';
import type { Account } from '../account.js';
import type { AccountCommand } from '../decider.js';

/** A command of an account, and what it may find things out with. */
export const accountCommand = defineCommand<Account, AccountCommand, AccountNeeds>();

type WhoAsks = Pick<Asked<Account, object>, 'id' | 'by'>;

/** Whether the account itself asks. */
export const isOwn = ({ id, by }: WhoAsks): boolean => by !== null && by.kind === 'account' && by.id === id;

/** Administrators who lock themselves out could leave the city without any. */
export const refusedOnOwn = (asked: WhoAsks): Rejection | null =>
  isOwn(asked) ? reject('ACCOUNT_IS_OWN', 'Another administrator does this to your own account') : null;
