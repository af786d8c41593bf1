import type { Instant } from '@onedoor/kernel';

/** An organisation of the city that answers for work. */
export interface Department {
  readonly code: string;
  readonly name: string;
  readonly createdAt: Instant;
}

/** Short enough that the topic named after it is one for every broker. */
const CODE = /^\P{Cc}{1,60}$/u;

export const isDepartmentCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value) && value.isWellFormed();

export const DEPARTMENT_CODE_RULE = 'must be 1 to 60 characters in well-formed Unicode, none of them a control character';

export const DEPARTMENT_CODE_PATTERN = CODE.source;
