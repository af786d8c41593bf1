import { DEPARTMENT_CODE_CHARACTERS, identifierRule, isIdentifier, type Instant } from '@onedoor/kernel';

/** An organisation of the city that answers for work. */
export interface Department {
  readonly code: string;
  readonly name: string;
  readonly createdAt: Instant;
}

export const isDepartmentCode = (value: unknown): value is string => isIdentifier(value, DEPARTMENT_CODE_CHARACTERS);

export const DEPARTMENT_CODE_RULE = identifierRule(DEPARTMENT_CODE_CHARACTERS);
