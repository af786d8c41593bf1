import { reject, type Rejection, type Role } from '@onedoor/kernel';

/** What an account or a token stands for: its role and, for the role `department` and only for it, whose department. */
export interface Standing {
  readonly role: Role;
  readonly department: string | null;
}

/** Why there can't be such a standing; null when there can. */
export function standingProblem({ role, department }: Standing): Rejection | null {
  if (role === 'department' && department === null)
    return reject('DEPARTMENT_REQUIRED', 'department: the role department works for one, so it must be named');
  if (role !== 'department' && department !== null)
    return reject('DEPARTMENT_NOT_ALLOWED', `department: the role ${role} works for none, so none may be named`);
  return null;
}

export const isSameStanding = (one: Standing, other: Standing): boolean => one.role === other.role && one.department === other.department;

/** Its words, for people who read a history. */
export const standingWords = ({ role, department }: Standing): string => (department === null ? role : `${role} ${department}`);
