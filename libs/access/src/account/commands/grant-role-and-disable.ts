import { NoBody, type Asked } from '@onedoor/engine';
import { reject, type Rejection } from '@onedoor/kernel';
import { accountRefusal, type Account } from '../account.js';
import type { AccountNeeds } from '../account-needs.service.js';
import { assignmentProblem } from '../role-assignment.js';
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
  refusals: { ...ASSIGNMENT_REFUSALS, DEPARTMENT_UNKNOWN: 409, ACCOUNT_IS_OWN: 409, LAST_ADMINISTRATOR: 409 },
  async prepare(asked, needs) {
    const assignment = assignmentOf(asked.body);
    const refused =
      refusedOnOwn(asked) ??
      accountRefusal('grant-role', asked.state) ??
      assignmentProblem(assignment) ??
      (await needs.departments.refusal(assignment, asked.by)) ??
      (await rosterRefusal(asked, assignment.role === 'administrator', needs));
    return refused ?? { type: 'GrantRole', at: asked.at, assignment };
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
  refusals: { ACCOUNT_IS_OWN: 409, LAST_ADMINISTRATOR: 409 },
  prepare: async (asked, needs) =>
    refusedOnOwn(asked) ?? (await rosterRefusal(asked, false, needs)) ?? { type: 'DisableAccount', at: asked.at },
});

/**
 * Writes to the roster first where the account becomes an administrator or stops being one, so that of several such commands at once the
 * last administrator is refused. A command that is killed behind it is repeated: the account then only counts too little.
 */
async function rosterRefusal(
  { id, by, state, isPreview }: Asked<Account, object>,
  isToBe: boolean,
  { administrators }: AccountNeeds,
): Promise<Rejection | null> {
  const isOne = state.assignment.role === 'administrator' && !state.isDisabled;
  if (isPreview || (!isOne && !isToBe)) return null;
  if (isToBe) await administrators.add(id, by);
  return isToBe ? null : administrators.remove(id, by);
}

/** Administrators who lock themselves out could leave the city without any. */
const refusedOnOwn = (asked: Pick<Asked<Account, object>, 'id' | 'by'>): Rejection | null =>
  isOwn(asked) ? reject('ACCOUNT_IS_OWN', 'Another administrator does this to your own account') : null;
