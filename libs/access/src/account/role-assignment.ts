import { reject, type Rejection, type Role } from '@onedoor/kernel';

/** What an account or a token may act as: its role and, for the role `department` and only for it, the department it acts for. */
export interface RoleAssignment {
  readonly role: Role;
  readonly department: string | null;
}

/** Why role and department do not go together; null where they do. */
export function assignmentProblem({ role, department }: RoleAssignment): Rejection | null {
  if (role === 'department' && department === null)
    return reject('DEPARTMENT_REQUIRED', 'department: the role department works for one, so it must be named');
  if (role !== 'department' && department !== null)
    return reject('DEPARTMENT_NOT_ALLOWED', `department: the role ${role} works for none, so none may be named`);
  return null;
}

export const isSameAssignment = (one: RoleAssignment, other: RoleAssignment): boolean =>
  one.role === other.role && one.department === other.department;

/** In words, for people who read a history. */
export const assignmentWords = ({ role, department }: RoleAssignment): string => (department === null ? role : `${role} ${department}`);
