import { defineCommand, NoBody } from '@onedoor/engine';
import type { ApiToken } from '../api-token.js';
import type { ApiTokens } from '../api-tokens.service.js';
import type { ApiTokenCommand } from '../decider.js';

/** A command of a token, and what it may find things out with. */
export const tokenCommand = defineCommand<ApiToken, ApiTokenCommand, ApiTokens>();

export const revoke = tokenCommand({
  name: 'revoke',
  type: 'RevokeApiToken',
  summary: 'Revoke a token',
  body: NoBody,
  example: {},
  roles: ['administrator'],
  route: { method: 'DELETE', path: ':id', status: 204 },
});
