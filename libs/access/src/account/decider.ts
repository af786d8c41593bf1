import { accept, assertNever, reject, rejectAbsent, type Decider } from '@onedoor/kernel';
import { isSameStanding, standingProblem, type Standing } from './standing.js';
import type { AccountCommand } from './command.js';
import type { AccountEvent, StoredPassword } from './events.js';

export type AccountState = { readonly exists: false } | Account;

export interface Account {
  readonly exists: true;
  readonly standing: Standing;
  /** Null between the two events of its creation, and never after. */
  readonly password: StoredPassword | null;
  /** Raised by each new password: a session names the one it began in, and is over with it. */
  readonly generation: number;
  readonly isDisabled: boolean;
}

/** Whoever signs in with a password: stream `account-<id>`. */
export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: { exists: false },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'CreateAccount') {
      if (state.exists) return reject('ACCOUNT_EXISTS', 'id: another account has it, or had it once');
      return (
        standingProblem(command.standing) ??
        accept<AccountEvent>({ type: 'AccountCreated', at, data: command.standing }, { type: 'PasswordSet', at, data: command.password })
      );
    }
    if (!state.exists) return rejectAbsent('ACCOUNT_UNKNOWN', 'There is no such account');
    if (command.type === 'DisableAccount')
      return state.isDisabled ? accept() : accept<AccountEvent>({ type: 'AccountDisabled', at, data: {} });
    if (state.isDisabled) return reject('ACCOUNT_DISABLED', 'The account was disabled for good');
    switch (command.type) {
      case 'SetPassword':
        return accept<AccountEvent>({ type: 'PasswordSet', at, data: command.password });
      case 'GrantRole':
        if (isSameStanding(command.standing, state.standing)) return accept();
        return standingProblem(command.standing) ?? accept<AccountEvent>({ type: 'RoleGranted', at, data: command.standing });
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    if (event.type === 'AccountCreated') return { exists: true, standing: event.data, password: null, generation: 0, isDisabled: false };
    if (!state.exists) throw new Error('Broken guarantee: the first event of an account is its creation');
    switch (event.type) {
      case 'PasswordSet':
        return { ...state, password: event.data, generation: state.generation + 1 };
      case 'RoleGranted':
        return { ...state, standing: event.data };
      case 'AccountDisabled':
        return { ...state, isDisabled: true };
      default:
        return assertNever(event);
    }
  },
};
