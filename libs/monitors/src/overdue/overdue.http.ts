import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Principal } from '@onedoor/kernel';
import {
  Allow,
  bodyOf,
  CurrentPrincipal,
  CursorQueryDto,
  DepartmentCode,
  Describe,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  ordinal,
  orNull,
  readCursor,
  record,
  REFERENCE,
  refuseOtherDepartment,
  text,
  writeCursor,
  type Reply,
} from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { ListOverdue } from './list-overdue.service.js';
import type { OverdueCase } from './overdue-cases.js';

class OverdueQueryDto extends CursorQueryDto {
  @IsOptional()
  @DepartmentCode('department')
  department?: string;
}

const OVERDUE_PAGE = json(
  'A page of the overdue cases.',
  list(
    record<OverdueCase>('OverdueCase', {
      reference: REFERENCE,
      round: ordinal('Counts reopenings: 1 until the first, and one more with each.'),
      department: orNull(text('The one that had it when it fell due; null for triage.')),
      dueAt: instant('When it was to be done.'),
    }),
  ),
  { headers: { Link: LINK_TO_NEXT } },
);

const PATH = 'api/v1/monitors/overdue';
const USUAL_ROWS = 50;

/** The cases whose promise was breached and whose work has not ended, over all departments; a department is told of its own. */
@Controller(PATH)
export class OverdueController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Allow('department', 'router', 'auditor')
  @Describe({
    tag: 'Monitors',
    summary: 'The overdue cases, those that have been so longest first',
    answer: OVERDUE_PAGE,
    refuses: { 403: ['DEPARTMENT_OF_OTHERS'] },
  })
  async overdue(
    @Query(bodyOf(OverdueQueryDto)) query: OverdueQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly OverdueCase[]> {
    const { department, cursor, limit } = query;
    const after = cursor === undefined ? null : readCursor(cursor);
    const wanted = new ListOverdue(departmentFor(principal, department ?? null), after, Number(limit ?? USUAL_ROWS));
    const { cases, next } = await this.queries.execute(wanted);
    if (next !== null) reply.header('link', linkToNext(PATH, { ...query, cursor: writeCursor(next) }));
    return cases;
  }
}

/** Throws a 403 where a department asks for another one's. */
function departmentFor(principal: Principal, wanted: string | null): string | null {
  if (wanted !== null) refuseOtherDepartment(principal, wanted);
  return principal.role === 'department' ? principal.department : wanted;
}
