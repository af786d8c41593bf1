import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { Allow, bodyOf, CurrentPrincipal, Describe, text, type Principal, type Reply } from '@onedoor/platform';
import { CaseQueues } from './case-queues.service.js';
import type { CaseStatus } from './status.js';
import { QUEUE_PAGE } from './case-answers.http.js';
import { DepartmentDoor } from './department-access.http.js';
import { readCursor, writeCursor } from './queue-cursor.http.js';
import { QueueQueryDto } from './queue-query.http.js';
import { queueRowOf, type QueueRow } from './queue-row.http.js';

const USUAL_ROWS = 50;

/**
 * Queues, page by page; `Link` names the next one. With `after` the list waits, for two seconds at most, until it shows what stands
 * there, and says `OneDoor-Stale: true` where it does not.
 */
@Controller('api/v1')
@Describe({ tag: 'Queues', path: { code: text('The code of a department.') } })
export class QueuesController {
  constructor(
    private readonly queues: CaseQueues,
    private readonly door: DepartmentDoor,
  ) {}

  /** The open cases of a department. */
  @Get('departments/:code/queue')
  @Allow('department', 'router')
  @Describe({
    summary: 'The open cases of a department',
    answer: QUEUE_PAGE,
    refuses: { 403: ['DEPARTMENT_OF_OTHERS'], 404: ['DEPARTMENT_UNKNOWN'] },
  })
  async ofDepartment(
    @Param('code') code: string,
    @Query(bodyOf(QueueQueryDto)) query: QueueQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly QueueRow[]> {
    await this.door.check(code, principal);
    return this.page(code, `/api/v1/departments/${encodeURIComponent(code)}/queue`, query, reply);
  }

  /** What no department has yet. */
  @Get('triage/queue')
  @Allow('router')
  @Describe({ summary: 'What no department has yet', answer: QUEUE_PAGE })
  ofTriage(@Query(bodyOf(QueueQueryDto)) query: QueueQueryDto, @Res({ passthrough: true }) reply: Reply): Promise<readonly QueueRow[]> {
    return this.page(null, '/api/v1/triage/queue', query, reply);
  }

  private async page(department: string | null, path: string, query: QueueQueryDto, reply: Reply): Promise<readonly QueueRow[]> {
    const { status, overdue, assignee, cursor, limit, after } = query;
    const wanted = {
      department,
      statuses: (status?.split(',') ?? []) as readonly CaseStatus[],
      isOverdue: overdue === 'true',
      assignee: assignee ?? null,
      after: cursor === undefined ? null : readCursor(cursor),
      limit: limit === undefined ? USUAL_ROWS : Number(limit),
    };
    if (after !== undefined && !(await this.queues.hasCome(after))) reply.header('onedoor-stale', 'true');
    const { cases, next } = await this.queues.page(wanted);
    if (next !== null) {
      const { after: _, ...same } = query;
      reply.header('link', `<${path}?${new URLSearchParams({ ...same, cursor: writeCursor(next) }).toString()}>; rel="next"`);
    }
    return cases.map(queueRowOf);
  }
}
