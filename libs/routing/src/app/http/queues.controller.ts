import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { Allow, bodyOf, CurrentPrincipal, type Principal, type Reply } from '@onedoor/platform';
import { CaseQueues } from '../case-queues.js';
import type { CaseStatus } from '../../domain/case/status.js';
import type { CaseOverview } from '../projections/case-overview.js';
import { DepartmentDoor } from './department-door.js';
import { readCursor, writeCursor } from './queue-cursor.js';
import { QueueQueryDto } from './queue-query.dto.js';

type QueueRow = Omit<CaseOverview, 'isOpen' | 'queueAt' | 'waitingFrom' | 'outcome'>;

const USUAL_ROWS = 50;

/**
 * Queues, page by page; `Link` names the next one. With `after` the list waits, for two seconds at most, until it shows what stands
 * there, and says `OneDoor-Stale: true` where it does not.
 */
@Controller('api/v1')
export class QueuesController {
  constructor(
    private readonly queues: CaseQueues,
    private readonly door: DepartmentDoor,
  ) {}

  /** The open cases of a department. */
  @Get('departments/:code/queue')
  @Allow('department', 'router')
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
    return cases.map(rowOf);
  }
}

const rowOf = ({ isOpen: _open, queueAt: _place, waitingFrom: _before, outcome: _outcome, ...row }: CaseOverview): QueueRow => row;
