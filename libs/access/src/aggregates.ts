import type { Aggregate } from '@onedoor/engine';
import type { AccountCommand } from './account/command.js';
import { accountDecider, type AccountState } from './account/decider.js';
import type { AccountEvent } from './account/events.js';
import { ACCOUNT_SHAPES } from './account/shapes.js';
import type { ApiTokenCommand } from './token/command.js';
import { apiTokenDecider, type ApiTokenState } from './token/decider.js';
import type { ApiTokenEvent } from './token/events.js';
import { API_TOKEN_SHAPES } from './token/shapes.js';
import { sessionDecider, SESSION_SHAPES, type EndSession, type SessionEvent, type SessionState } from './session/decider.js';

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
