import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

export interface CreateDepartment {
  readonly type: 'CreateDepartment';
  readonly at: Instant;
  readonly code: string;
  readonly name: string;
}

export type DepartmentEvent = DomainEvent<'DepartmentCreated', { readonly code: string; readonly name: string }>;

export interface DepartmentState {
  readonly name: string | null;
}

export const DEPARTMENT_SHAPES = { DepartmentCreated: { v: 1 } } as const;

/** Somebody who answers for work: stream `department-<code>`. */
export const departmentDecider: Decider<DepartmentState, CreateDepartment, DepartmentEvent> = {
  initial: { name: null },
  decide({ at, code, name }, state) {
    return state.name === null ? accept<DepartmentEvent>({ type: 'DepartmentCreated', at, data: { code, name } }) : accept();
  },
  evolve: (_state, event) => ({ name: event.data.name }),
};
