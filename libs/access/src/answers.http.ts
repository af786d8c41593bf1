import type { Instant } from '@onedoor/kernel';
import { instant, json, oneOf, orNull, record, ROLES, text, type Answer, type Role } from '@onedoor/platform';

/** What the routes of this context answer, as the interface's description says it. */
const ROLE = oneOf(ROLES, 'What it may be used for.');
const DEPARTMENT = orNull(text('The department it works for; null for every role but `department`.'));
const BEARER = text('To be sent as `Authorization: Bearer …`.');

/** A secret stands in it: nobody on the way keeps it. */
const UNCACHED = { 'Cache-Control': { type: 'string', const: 'no-store' } } satisfies Answer['headers'];

export const ACCOUNT_CREATED = json(
  'The account, as it now is.',
  record<{ id: string; role: string; department: string | null }>('Account', {
    id: text('As it was given.'),
    role: ROLE,
    department: DEPARTMENT,
  }),
);

export interface SessionBegun {
  /** To be sent as `Authorization: Bearer …`. */
  readonly token: string;
  readonly expiresAt: string;
  readonly role: Role;
  readonly department: string | null;
}

export const SESSION_BEGUN = json(
  'Signed in.',
  record<SessionBegun>('Session', { token: BEARER, expiresAt: instant('When it ends at the latest.'), role: ROLE, department: DEPARTMENT }),
  { headers: UNCACHED },
);

export interface TokenIssued {
  readonly id: string;
  /** To be sent as `Authorization: Bearer …`. Shown here once and never again. */
  readonly token: string;
  readonly role: Role;
  readonly department: string | null;
  readonly label: string;
  readonly expiresAt: Instant | null;
}

export const TOKEN_ISSUED = json(
  'The token, which is shown here once and never again.',
  record<TokenIssued>('IssuedToken', {
    id: text('By which it is revoked.'),
    token: BEARER,
    role: ROLE,
    department: DEPARTMENT,
    label: text('The system that uses it.'),
    expiresAt: orNull(instant('From when it lets nobody in; null: without an end.')),
  }),
  { headers: UNCACHED },
);

export const WHO_ASKS = json(
  'Who asks.',
  record<{ id: string; kind: string; role: string; department: string | null }>('Principal', {
    id: text('Opaque: never a name.'),
    kind: oneOf(['account', 'token'], 'Whether somebody signed in, or another system sent its token.'),
    role: ROLE,
    department: DEPARTMENT,
  }),
  { headers: UNCACHED },
);
