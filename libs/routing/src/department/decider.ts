import { accept, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

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

/** Short enough that the topic named after it is one for every broker. */
const CODE = /^\P{Cc}{1,60}$/u;

/** Somebody who answers for work: stream `department-<code>`. */
export const departmentDecider: Decider<DepartmentState, CreateDepartment, DepartmentEvent> = {
  initial: { name: null },
  decide({ at, code, name }, state) {
    if (!CODE.test(code)) return reject('DEPARTMENT_CODE_INVALID', 'code: must be 1 to 60 characters, none of them a control character');
    return state.name === null ? accept<DepartmentEvent>({ type: 'DepartmentCreated', at, data: { code, name } }) : accept();
  },
  evolve: (_state, event) => ({ name: event.data.name }),
};
