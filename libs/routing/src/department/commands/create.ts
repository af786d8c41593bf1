import { defineCommand } from '@onedoor/engine';
import { DepartmentCode, Text } from '@onedoor/platform';
import type { CreatedDepartment, CreateDepartment } from '../decider.js';
import { isDepartmentCode } from '../department.js';
import type { WorkTopics } from '../departments.service.js';

const NAME_CHARACTERS = 200;

export class CreateDepartmentBody {
  @DepartmentCode('code') code!: string;
  @Text('name', NAME_CHARACTERS) name!: string;
}

export const create = defineCommand<CreatedDepartment, CreateDepartment, Pick<WorkTopics, 'declare'>>()({
  name: 'create',
  type: 'CreateDepartment',
  summary: 'Create a department',
  details: 'A department that is there keeps the name that it was created with.',
  body: CreateDepartmentBody,
  example: { code: 'parks', name: 'Parks and Trees' },
  roles: ['administrator'],
  stream: 'any',
  route: { path: '', status: 201, id: ({ code }) => code },
  refusals: { DEPARTMENT_CODE_INVALID: 400 },
  async prepare({ body: { code, name }, at, isPreview }, topics) {
    // The topic first: no department exists that could not be told of its work.
    if (!isPreview && isDepartmentCode(code)) await topics.declare(code);
    return { type: 'CreateDepartment', at, code, name };
  },
});
