import { accountCommand, refusedOnOwn } from './command.js';
import { ASSIGNMENT_REFUSALS, assignmentOf, RoleFields } from './fields.js';

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
