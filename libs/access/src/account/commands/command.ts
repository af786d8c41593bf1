import { defineCommand, type Asked } from '@onedoor/engine';
import { ROLES, type Role } from '@onedoor/kernel';
import { DepartmentCode, OneOf, Satisfies } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import type { Account } from '../account.js';
import type { AccountNeeds } from '../account-needs.service.js';
import { ACCOUNT_ID, ACCOUNT_ID_RULE, isAccountId, isPassword, PASSWORD_CHARACTERS, PASSWORD_RULE } from '../credentials.js';
import type { AccountCommand } from '../decider.js';
import type { RoleAssignment } from '../role-assignment.js';

/** A command of an account, and what it may find things out with. */
export const accountCommand = defineCommand<Account, AccountCommand, AccountNeeds>();

/** Whether the account itself asks. */
export const isOwn = ({ id, by }: Pick<Asked<Account, object>, 'id' | 'by'>): boolean =>
  by !== null && by.kind === 'account' && by.id === id;

export const AccountIdText = (field: string): PropertyDecorator =>
  Satisfies(field, (value) => typeof value === 'string' && isAccountId(value), ACCOUNT_ID_RULE, {
    type: 'string',
    pattern: ACCOUNT_ID.source,
  });

/** A password that is chosen now. */
export const NewPassword = (field: string): PropertyDecorator =>
  Satisfies(field, (value) => typeof value === 'string' && isPassword(value), PASSWORD_RULE, {
    type: 'string',
    ...PASSWORD_CHARACTERS,
  });

/** A role, in a body. Whether role and department go together is decided by the decider. */
export class RoleFields {
  @OneOf('role', ROLES) role!: Role;
  @IsOptional() @DepartmentCode('department') department?: string | null;
}

export const assignmentOf = ({ role, department = null }: RoleFields): RoleAssignment => ({ role, department });

/** The refusals of a role and a department that do not go together. */
export const ASSIGNMENT_REFUSALS = { DEPARTMENT_REQUIRED: 400, DEPARTMENT_NOT_ALLOWED: 400 } as const;
