import { accept, reject, rejectAbsent, type Decider } from '@onedoor/kernel';
import { standingProblem } from '../account/standing.js';
import type { ApiTokenCommand } from './command.js';
import type { ApiTokenEvent, IssuedToken } from './events.js';

export type ApiTokenState = { readonly exists: false } | ApiToken;

export interface ApiToken {
  readonly exists: true;
  readonly token: IssuedToken;
  readonly isRevoked: boolean;
}

/** What another system signs in with: stream `token-<id>`. */
export const apiTokenDecider: Decider<ApiTokenState, ApiTokenCommand, ApiTokenEvent> = {
  initial: { exists: false },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'IssueApiToken') {
      const { token } = command;
      if (state.exists) return reject('TOKEN_EXISTS', 'Another token has this id');
      if (token.expiresAt !== null && token.expiresAt <= at) return reject('EXPIRY_PAST', 'expiresAt: must lie in the future');
      return standingProblem(token) ?? accept<ApiTokenEvent>({ type: 'ApiTokenIssued', at, data: token });
    }
    if (!state.exists) return rejectAbsent('TOKEN_UNKNOWN', 'There is no such token');
    return state.isRevoked ? accept() : accept<ApiTokenEvent>({ type: 'ApiTokenRevoked', at, data: {} });
  },
  evolve(state, event) {
    if (event.type === 'ApiTokenIssued') return { exists: true, token: event.data, isRevoked: false };
    if (!state.exists) throw new Error('Broken guarantee: the first event of a token is its issue');
    return { ...state, isRevoked: true };
  },
};
