import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Executor } from '@onedoor/engine';
import { ROLES } from '@onedoor/kernel';
import {
  Allow,
  bodyOf,
  DepartmentCode,
  Describe,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  PageQueryDto,
  record,
  refusedRead,
  text,
  type CommandAnswers,
  type Reply,
} from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { DEPARTMENT } from '../aggregates.js';
import { DEPARTMENT_COMMANDS } from './commands/index.js';
import { describeDepartment, type DepartmentEvent, type DepartmentState } from './decider.js';
import type { Department } from './department.js';
import { ListDepartments } from './list-departments.service.js';

const CODE = text('The code of a department.');

const DEPARTMENT_SCHEMA = record<Department>('Department', {
  code: CODE,
  name: text('For people.'),
  createdAt: instant('Since when it answers for work.'),
});

const departmentOf = (code: string, state: DepartmentState): Department | null =>
  state.name === null ? null : { code, name: state.name, createdAt: state.createdAt };

export const DEPARTMENT_ANSWERS: CommandAnswers = {
  tag: 'Departments',
  name: 'DepartmentCommands',
  parameter: CODE,
  usual: {
    described: json('The department, created now or before.', DEPARTMENT_SCHEMA),
    answer: ({ state }: { readonly state: DepartmentState }, code) => departmentOf(code, state),
  },
  describe: (event: DepartmentEvent) => describeDepartment(event),
};

class DepartmentsQueryDto extends PageQueryDto {
  @IsOptional()
  @DepartmentCode('cursor')
  cursor?: string;
}

const USUAL_ROWS = 100;

/** Who answers for work: for every role that signs in. */
@Controller(DEPARTMENT_COMMANDS.path)
@Allow(...ROLES)
@Describe({ tag: 'Departments', path: { code: CODE } })
export class DepartmentsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly executor: Executor,
  ) {}

  @Get()
  @Describe({
    summary: 'The departments, in the order of their codes',
    details: 'A department that was created a moment ago may be missing still: ask for it by its code.',
    answer: json('A page of them.', list(DEPARTMENT_SCHEMA), { headers: { Link: LINK_TO_NEXT } }),
  })
  async list(
    @Query(bodyOf(DepartmentsQueryDto)) { cursor, limit }: DepartmentsQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly Department[]> {
    const { departments, next } = await this.queries.execute(new ListDepartments(cursor ?? null, Number(limit ?? USUAL_ROWS)));
    if (next !== null) reply.header('link', linkToNext(DEPARTMENT_COMMANDS.path, { limit, cursor: next }));
    return departments;
  }

  @Get(':code')
  @Describe({ summary: 'A department', answer: json('The department.', DEPARTMENT_SCHEMA), refuses: { 404: ['DEPARTMENT_UNKNOWN'] } })
  async one(@Param('code') code: string): Promise<Department> {
    const found = DEPARTMENT_COMMANDS.idOf(code) === null ? null : departmentOf(code, (await this.executor.load(DEPARTMENT, code)).state);
    if (found === null) throw refusedRead(DEPARTMENT_COMMANDS, DEPARTMENT_COMMANDS.missing);
    return found;
  }
}
