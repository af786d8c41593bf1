import { accept, reject, type Decider, type Instant } from '@onedoor/kernel';
import { assignmentProblem } from '../account/role-assignment.js';
import { TOKEN_UNKNOWN, type ApiTokenState } from './api-token.js';
import type { ApiTokenEvent, IssuedToken } from './events.js';

export type ApiTokenCommand = IssueApiToken | RevokeApiToken;

export interface IssueApiToken {
  readonly type: 'IssueApiToken';
  readonly at: Instant;
  readonly token: IssuedToken;
}

export interface RevokeApiToken {
  readonly type: 'RevokeApiToken';
  readonly at: Instant;
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
      return assignmentProblem(token) ?? accept<ApiTokenEvent>({ type: 'ApiTokenIssued', at, data: token });
    }
    if (!state.exists) return TOKEN_UNKNOWN;
    return state.isRevoked ? accept() : accept<ApiTokenEvent>({ type: 'ApiTokenRevoked', at, data: {} });
  },
  evolve(state, event) {
    if (event.type === 'ApiTokenIssued') return { exists: true, token: event.data, isRevoked: false };
    if (!state.exists) throw new Error('Broken guarantee: the first event of a token is its issue');
    return { ...state, isRevoked: true };
  },
};
