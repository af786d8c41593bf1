import { accept, assertNever, reject, type Decider, type Instant } from '@onedoor/kernel';
import { accountRefusal, ACCOUNT_UNKNOWN, type AccountState } from './account.js';
import type { AccountEvent, StoredPassword } from './events.js';
import { assignmentProblem, isSameAssignment, type RoleAssignment } from './role-assignment.js';

export type AccountCommand = CreateAccount | SetPassword | GrantRole | DisableAccount;

interface At {
  readonly at: Instant;
}

export interface CreateAccount extends At {
  readonly type: 'CreateAccount';
  readonly assignment: RoleAssignment;
  readonly password: StoredPassword;
}

export interface SetPassword extends At {
  readonly type: 'SetPassword';
  readonly password: StoredPassword;
}

export interface GrantRole extends At {
  readonly type: 'GrantRole';
  readonly assignment: RoleAssignment;
}

export interface DisableAccount extends At {
  readonly type: 'DisableAccount';
}

/** What signs in with a password: stream `account-<id>`. */
export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: { exists: false },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'CreateAccount') {
      if (state.exists) return reject('ACCOUNT_EXISTS', 'id: another account has it, or had it once');
      const created: AccountEvent = { type: 'AccountCreated', at, data: command.assignment };
      return assignmentProblem(command.assignment) ?? accept<AccountEvent>(created, { type: 'PasswordSet', at, data: command.password });
    }
    if (!state.exists) return ACCOUNT_UNKNOWN;
    switch (command.type) {
      case 'SetPassword':
        return accountRefusal('set-password', state) ?? accept<AccountEvent>({ type: 'PasswordSet', at, data: command.password });
      case 'GrantRole': {
        const refused = accountRefusal('grant-role', state);
        if (refused !== null) return refused;
        if (isSameAssignment(command.assignment, state.assignment)) return accept();
        return assignmentProblem(command.assignment) ?? accept<AccountEvent>({ type: 'RoleGranted', at, data: command.assignment });
      }
      case 'DisableAccount':
        return state.isDisabled ? accept() : accept<AccountEvent>({ type: 'AccountDisabled', at, data: {} });
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    if (event.type === 'AccountCreated') return { exists: true, assignment: event.data, password: null, generation: 0, isDisabled: false };
    if (!state.exists) throw new Error('Broken guarantee: the first event of an account is its creation');
    switch (event.type) {
      case 'PasswordSet':
        return { ...state, password: event.data, generation: state.generation + 1 };
      case 'RoleGranted':
        return { ...state, assignment: event.data };
      case 'AccountDisabled':
        return { ...state, isDisabled: true };
      default:
        return assertNever(event);
    }
  },
};
