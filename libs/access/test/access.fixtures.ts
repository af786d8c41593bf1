import { HOUR_MS, instantOf, msOf, type Instant } from '@onedoor/kernel';
import type { CreateAccount, DisableAccount, GrantRole, SetPassword } from '../src/account/decider.js';
import type { AccountEvent, StoredPassword } from '../src/account/events.js';
import type { RoleAssignment } from '../src/account/role-assignment.js';
import type { EndSession, SessionEvent } from '../src/session/decider.js';
import type { IssueApiToken, RevokeApiToken } from '../src/token/decider.js';
import type { ApiTokenEvent, IssuedToken } from '../src/token/events.js';

/** Monday, nine o'clock in New York. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';
export const hours = (count: number): Instant => instantOf(msOf(monday) + count * HOUR_MS);

export const works: RoleAssignment = { role: 'department', department: 'works' };
export const router: RoleAssignment = { role: 'router', department: null };

/** Roles and departments that do not go together, and the code that says so. */
export const IMPOSSIBLE: readonly (readonly [RoleAssignment, string])[] = [
  [{ role: 'department', department: null }, 'DEPARTMENT_REQUIRED'],
  [{ role: 'auditor', department: 'works' }, 'DEPARTMENT_NOT_ALLOWED'],
];

export const password = (draft: Partial<StoredPassword> = {}): StoredPassword => ({
  hash: { sealed: 'bm90LWEtcmVhbC1oYXNo' },
  isPublished: false,
  ...draft,
});

// Commands on an account, and its events.

export const createAccount = (assignment: RoleAssignment = works): CreateAccount => ({
  type: 'CreateAccount',
  at: monday,
  assignment,
  password: password(),
});
export const setPassword = (draft: Partial<StoredPassword> = {}): SetPassword => ({
  type: 'SetPassword',
  at: hours(1),
  password: password(draft),
});
export const grantRole = (assignment: RoleAssignment = router): GrantRole => ({ type: 'GrantRole', at: hours(1), assignment });
export const disableAccount = (): DisableAccount => ({ type: 'DisableAccount', at: hours(2) });

export const accountCreated = (assignment: RoleAssignment = works): AccountEvent => ({
  type: 'AccountCreated',
  at: monday,
  data: assignment,
});
export const passwordSet = (at: Instant = monday, draft: Partial<StoredPassword> = {}): AccountEvent => ({
  type: 'PasswordSet',
  at,
  data: password(draft),
});
export const roleGranted = (assignment: RoleAssignment = router): AccountEvent => ({ type: 'RoleGranted', at: hours(1), data: assignment });
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
