import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { CreateDepartment, DepartmentState } from '../decider.js';

export const DEPARTMENT_COMMANDS: CommandSet<DepartmentState, DepartmentState, CreateDepartment, 'create', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('DEPARTMENT_UNKNOWN', 'There is no such department'),
  existing: (state) => (state.name === null ? null : state),
  commands: { create: systemCommand('create', 'CreateDepartment', 'Create a department') },
};
