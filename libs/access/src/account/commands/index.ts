import type { CommandSet } from '@onedoor/engine';
import type { AccountNeeds } from '../account-needs.service.js';
import {
  accountRefusal,
  accountRefusalsOf,
  ACCOUNT_UNKNOWN,
  type Account,
  type AccountCommandName,
  type AccountState,
} from '../account.js';
import { isAccountId } from '../credentials.js';
import type { AccountCommand } from '../decider.js';
import { create, createPublished } from './create.js';
import { disable, grantRole } from './grant-role-and-disable.js';
import { setPassword } from './set-password.js';

type Name = AccountCommandName | 'create' | 'create-published';

/** What can be done to an account, by administrators for the most part. */
export const ACCOUNT_COMMANDS: CommandSet<AccountState, Account, AccountCommand, Name, AccountNeeds> = {
  path: 'api/v1/accounts',
  parameter: 'id',
  idOf: (text) => (isAccountId(text) ? text : null),
  missing: ACCOUNT_UNKNOWN,
  existing: (state) => (state.exists ? state : null),
  refusal: (name, state) => (isCreation(name) ? null : accountRefusal(name, state)),
  refusalsOf: (name) => (isCreation(name) ? [] : accountRefusalsOf(name)),
  statuses: {},
  commands: { create, 'create-published': createPublished, 'set-password': setPassword, 'grant-role': grantRole, disable },
};

const isCreation = (name: Name): name is 'create' | 'create-published' => name === 'create' || name === 'create-published';
