import type { CommandSet } from '@onedoor/engine';
import { isTokenId, TOKEN_UNKNOWN, type ApiToken, type ApiTokenState } from '../api-token.js';
import type { ApiTokens } from '../api-tokens.service.js';
import type { ApiTokenCommand } from '../decider.js';
import { issue, revoke } from './issue-and-revoke.js';

/** What administrators do with the tokens of other systems. */
export const API_TOKEN_COMMANDS: CommandSet<ApiTokenState, ApiToken, ApiTokenCommand, 'issue' | 'revoke', ApiTokens> = {
  path: 'api/v1/tokens',
  parameter: 'id',
  idOf: (text) => (isTokenId(text) ? text : null),
  missing: TOKEN_UNKNOWN,
  existing: (state) => (state.exists ? state : null),
  refusal: () => null,
  refusalsOf: () => [],
  statuses: {},
  commands: { issue, revoke },
};
