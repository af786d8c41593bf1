import type { Aggregate } from '@onedoor/engine';
import type { AccountCommand } from '../domain/account/commands.js';
import { accountDecider, type AccountState } from '../domain/account/decider.js';
import type { AccountEvent } from '../domain/account/events.js';
import { ACCOUNT_SHAPES } from '../domain/account/shapes.js';
import type { ApiTokenCommand } from '../domain/api-token/commands.js';
import { apiTokenDecider, type ApiTokenState } from '../domain/api-token/decider.js';
import type { ApiTokenEvent } from '../domain/api-token/events.js';
import { API_TOKEN_SHAPES } from '../domain/api-token/shapes.js';
import { sessionDecider, SESSION_SHAPES, type EndSession, type SessionEvent, type SessionState } from '../domain/session/decider.js';

/** Stream `account-<id>`. */
export const ACCOUNT: Aggregate<AccountState, AccountCommand, AccountEvent> = {
  category: 'account',
  decider: accountDecider,
  shapes: ACCOUNT_SHAPES,
};

/** Stream `token-<id>`. */
export const API_TOKEN: Aggregate<ApiTokenState, ApiTokenCommand, ApiTokenEvent> = {
  category: 'token',
  decider: apiTokenDecider,
  shapes: API_TOKEN_SHAPES,
};

/** Stream `session-<id>`. */
export const SESSION: Aggregate<SessionState, EndSession, SessionEvent> = {
  category: 'session',
  decider: sessionDecider,
  shapes: SESSION_SHAPES,
};
