import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import type { CreateAccount, DisableAccount, GrantRole, SetPassword } from '../src/account/command.js';
import type { AccountEvent, StoredPassword } from '../src/account/events.js';
import type { IssueApiToken, RevokeApiToken } from '../src/token/command.js';
import type { ApiTokenEvent, IssuedToken } from '../src/token/events.js';
import type { EndSession, SessionEvent } from '../src/session/decider.js';
import type { Standing } from '../src/account/standing.js';

/** Monday, nine o'clock in New York. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';
export const hours = (count: number): Instant => instantOf(msOf(monday) + count * 3_600_000);

export const works: Standing = { role: 'department', department: 'works' };
export const router: Standing = { role: 'router', department: null };

/** Standings whose role and department do not go together, and the code that says so. */
export const IMPOSSIBLE: readonly (readonly [Standing, string])[] = [
  [{ role: 'department', department: null }, 'DEPARTMENT_REQUIRED'],
  [{ role: 'auditor', department: 'works' }, 'DEPARTMENT_NOT_ALLOWED'],
];

export const password = (draft: Partial<StoredPassword> = {}): StoredPassword => ({
  hash: { sealed: 'bm90LWEtcmVhbC1oYXNo' },
  isPublished: false,
  ...draft,
});

// Commands on an account, and its events.

export const createAccount = (standing: Standing = works): CreateAccount => ({
  type: 'CreateAccount',
  at: monday,
  standing,
  password: password(),
});
export const setPassword = (draft: Partial<StoredPassword> = {}): SetPassword => ({
  type: 'SetPassword',
  at: hours(1),
  password: password(draft),
});
export const grantRole = (standing: Standing = router): GrantRole => ({ type: 'GrantRole', at: hours(1), standing });
export const disableAccount = (): DisableAccount => ({ type: 'DisableAccount', at: hours(2) });

export const accountCreated = (standing: Standing = works): AccountEvent => ({ type: 'AccountCreated', at: monday, data: standing });
export const passwordSet = (at: Instant = monday, draft: Partial<StoredPassword> = {}): AccountEvent => ({
  type: 'PasswordSet',
  at,
  data: password(draft),
});
export const roleGranted = (standing: Standing = router): AccountEvent => ({ type: 'RoleGranted', at: hours(1), data: standing });
export const accountDisabled = (): AccountEvent => ({ type: 'AccountDisabled', at: hours(2), data: {} });

// Tokens of other systems.

export const token = (draft: Partial<IssuedToken> = {}): IssuedToken => ({
  ...works,
  label: 'Works ledger',
  secretHash: 'ab'.repeat(32),
  expiresAt: hours(6),
  ...draft,
});
export const issueToken = (draft: Partial<IssuedToken> = {}): IssueApiToken => ({ type: 'IssueApiToken', at: monday, token: token(draft) });
export const revokeToken = (): RevokeApiToken => ({ type: 'RevokeApiToken', at: hours(1) });
export const tokenIssued = (draft: Partial<IssuedToken> = {}): ApiTokenEvent => ({
  type: 'ApiTokenIssued',
  at: monday,
  data: token(draft),
});
export const tokenRevoked = (): ApiTokenEvent => ({ type: 'ApiTokenRevoked', at: hours(1), data: {} });

// Sessions.

export const endSession = (): EndSession => ({ type: 'EndSession', at: monday, account: 'works-desk', expiresAt: hours(6) });
export const sessionEnded = (): SessionEvent => ({
  type: 'SessionEnded',
  at: monday,
  data: { account: 'works-desk', expiresAt: hours(6) },
});
