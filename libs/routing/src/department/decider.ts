import { accept, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { DEPARTMENT_CODE_RULE, isDepartmentCode } from './department.js';

export interface CreateDepartment {
  readonly type: 'CreateDepartment';
  readonly at: Instant;
  readonly code: string;
  readonly name: string;
}

export type DepartmentEvent = DomainEvent<'DepartmentCreated', { readonly code: string; readonly name: string }>;

export type DepartmentState = CreatedDepartment | { readonly name: null };

export interface CreatedDepartment {
  readonly name: string;
  readonly createdAt: Instant;
}

export const DEPARTMENT_SHAPES = { DepartmentCreated: { v: 1 } } as const;

/** Stream `department-<code>`. */
export const departmentDecider: Decider<DepartmentState, CreateDepartment, DepartmentEvent> = {
  initial: { name: null },
  decide({ at, code, name }, state) {
    if (!isDepartmentCode(code)) return reject('DEPARTMENT_CODE_INVALID', `code: ${DEPARTMENT_CODE_RULE}`);
    return state.name === null ? accept<DepartmentEvent>({ type: 'DepartmentCreated', at, data: { code, name } }) : accept();
  },
  evolve: (_state, { at, data: { name } }) => ({ name, createdAt: at }),
};

export const describeDepartment = ({ data: { name } }: DepartmentEvent): string => `Created as ${name}`;
