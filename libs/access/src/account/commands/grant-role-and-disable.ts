import { NoBody, type Asked } from '@onedoor/engine';
import { reject, type Rejection } from '@onedoor/kernel';
import type { Account } from '../account.js';
import { accountCommand, ASSIGNMENT_REFUSALS, assignmentOf, isOwn, RoleFields } from './command.js';

class GrantRoleBody extends RoleFields {}

export const grantRole = accountCommand({
  name: 'grant-role',
  type: 'GrantRole',
  summary: 'Give an account another role',
  body: GrantRoleBody,
  example: { role: 'router' },
  roles: ['administrator'],
  route: { method: 'PUT', path: ':id/role', status: 204 },
  refusals: { ...ASSIGNMENT_REFUSALS, ACCOUNT_IS_OWN: 409 },
  prepare(asked) {
    return refusedOnOwn(asked) ?? { type: 'GrantRole', at: asked.at, assignment: assignmentOf(asked.body) };
  },
});

export const disable = accountCommand({
  name: 'disable',
  type: 'DisableAccount',
  summary: 'Disable an account for good',
  details: 'Its id stays taken.',
  body: NoBody,
  example: {},
  roles: ['administrator'],
  route: { method: 'DELETE', path: ':id', status: 204 },
  refusals: { ACCOUNT_IS_OWN: 409 },
  prepare: (asked) => refusedOnOwn(asked) ?? { type: 'DisableAccount', at: asked.at },
});

/** Administrators who lock themselves out could leave the city without any. */
const refusedOnOwn = (asked: Pick<Asked<Account, object>, 'id' | 'by'>): Rejection | null =>
  isOwn(asked) ? reject('ACCOUNT_IS_OWN', 'Another administrator does this to your own account') : null;
