import { defineCommand } from '@onedoor/engine';
import { Satisfies, Text } from '@onedoor/platform';
import type { CreatedDepartment, CreateDepartment } from '../decider.js';
import { DEPARTMENT_CODE_PATTERN, DEPARTMENT_CODE_RULE, isDepartmentCode } from '../department.js';
import type { WorkTopics } from '../departments.service.js';

const NAME_CHARACTERS = 200;

/** The code of a department, as short as the decider wants it. */
export const NewDepartmentCode = (field: string): PropertyDecorator =>
  Satisfies(field, isDepartmentCode, DEPARTMENT_CODE_RULE, { type: 'string', pattern: DEPARTMENT_CODE_PATTERN });

export class CreateDepartmentBody {
  @NewDepartmentCode('code') code!: string;
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
