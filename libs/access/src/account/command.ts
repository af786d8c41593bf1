import type { Instant } from '@onedoor/kernel';
import type { Standing } from './standing.js';
import type { StoredPassword } from './events.js';

export type AccountCommand = CreateAccount | SetPassword | GrantRole | DisableAccount;

interface At {
  readonly at: Instant;
}

export interface CreateAccount extends At {
  readonly type: 'CreateAccount';
  readonly standing: Standing;
  readonly password: StoredPassword;
}

export interface SetPassword extends At {
  readonly type: 'SetPassword';
  readonly password: StoredPassword;
}

export interface GrantRole extends At {
  readonly type: 'GrantRole';
  readonly standing: Standing;
}

export interface DisableAccount extends At {
  readonly type: 'DisableAccount';
}
