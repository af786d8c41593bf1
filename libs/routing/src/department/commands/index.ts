import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { CreatedDepartment, CreateDepartment, DepartmentState } from '../decider.js';
import { isDepartmentCode } from '../department.js';
import type { WorkTopics } from '../departments.service.js';
import { create } from './create.js';

export const DEPARTMENT_COMMANDS: CommandSet<
  DepartmentState,
  CreatedDepartment,
  CreateDepartment,
  'create',
  Pick<WorkTopics, 'declare'>
> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/departments',
  parameter: 'code',
  idOf: (text) => (isDepartmentCode(text) ? text : null),
  missing: rejectAbsent('DEPARTMENT_UNKNOWN', 'There is no such department'),
  existing: (state) => (state.name === null ? null : state),
  commands: { create },
};
