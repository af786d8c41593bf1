import type { Aggregate } from '@onedoor/engine';
import type { AccountState } from './account/account.js';
import { accountDecider, type AccountCommand } from './account/decider.js';
import { ACCOUNT_SHAPES, type AccountEvent } from './account/events.js';
import { ROSTER_SHAPES, rosterDecider, type RosterCommand, type RosterEvent, type RosterState } from './roster/roster.js';
import { sessionDecider, SESSION_SHAPES, type EndSession, type SessionEvent, type SessionState } from './session/decider.js';
import type { ApiTokenState } from './token/api-token.js';
import { apiTokenDecider, type ApiTokenCommand } from './token/decider.js';
import { API_TOKEN_SHAPES, type ApiTokenEvent } from './token/events.js';

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

/** Stream `roster-administrators`. */
export const ROSTER: Aggregate<RosterState, RosterCommand, RosterEvent> = {
  category: 'roster',
  decider: rosterDecider,
  shapes: ROSTER_SHAPES,
};
