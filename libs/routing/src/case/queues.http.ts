import type { CaseStatus } from '@onedoor/contracts';
import type { Principal } from '@onedoor/kernel';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  Allow,
  bodyOf,
  CurrentPrincipal,
  Describe,
  flag,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  ordinal,
  orNull,
  readCursor,
  record,
  text,
  writeCursor,
  type Reply,
} from '@onedoor/platform';
import type { CaseOverview } from './case-overview.js';
import { ReadQueue } from './read-queue.service.js';
import { CASE_MEMBERS } from './case-answers.http.js';
import { DepartmentAccess } from '../department/department-access.http.js';
import { QueueQueryDto } from './queue-query.http.js';

/**
 * A case as a queue answers it: without what the queue itself is ordered and chosen by. The dates of a clock that stands still are left
 * out, for they count no more; its place in the queue is the one that it had.
 */
export type QueueRow = Omit<CaseOverview, 'isOpen' | 'queueAt' | 'waitingFrom' | 'outcome' | 'cell' | 'reported' | 'legStandsStill'> & {
  readonly isLegPaused: boolean;
};

export function queueRowOf(document: CaseOverview): QueueRow {
  const { isOpen: _open, queueAt: _place, waitingFrom: _before, outcome: _outcome, cell: _cell, reported: _reported, ...shown } = document;
  const { legStandsStill, ...row } = shown;
  const { isPaused, dueAt, revisedTo, legDueAt } = row;
  const isLegPaused = legStandsStill !== null;
  return {
    ...row,
    dueAt: isPaused ? null : dueAt,
    revisedTo: isPaused ? null : revisedTo,
    legDueAt: isLegPaused ? null : legDueAt,
    isLegPaused,
  };
}

const { reference, status, service, department, assignee, isAccepted, round, openedAt, isPaused, breachedAt } = CASE_MEMBERS;

const QUEUE_PAGE = json(
  'A page of the queue: what falls due first comes first, what was never promised last.',
  list(
    record<QueueRow>('QueuedCase', {
      reference,
      edition: ordinal('For `If-Match` and for bulk commands: what the case is by now may be a later one.'),
      status,
      service,
      isPublic: flag('Whether everyone may learn that it exists.'),
      department,
      assignee,
      isAccepted,
      returnedBy: orNull(text('The department that gave it back, as long as no other has it.')),
      round,
      openedAt,
      dueAt: orNull(instant('When the promise of this round falls due; null where none was made, and while it stands still.')),
      revisedTo: orNull(
        instant('What the resident was told instead; null where the date was not revised, and while the promise stands still.'),
      ),
      legDueAt: orNull(
        instant("When the department's own time is up; null where nothing was agreed, in triage, and while its clock stands still."),
      ),
      isPaused,
      isLegPaused: flag("Whether the department's clock stands still."),
      breachedAt,
    }),
  ),
  {
    headers: {
      Link: LINK_TO_NEXT,
      'OneDoor-Stale': { type: 'string', const: 'true', description: 'Sent where the queue does not show yet what stands at `after`.' },
    },
  },
);

const USUAL_ROWS = 50;

/**
 * Queues, page by page; `Link` names the next one. With `after` the list waits, for two seconds at most, until it shows what stands
 * there, and says `OneDoor-Stale: true` where it does not.
 */
@Controller('api/v1')
@Describe({ tag: 'Queues', path: { code: text('The code of a department.') } })
export class QueuesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: DepartmentAccess,
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
    await this.access.check(code, principal);
    return this.page(code, `api/v1/departments/${encodeURIComponent(code)}/queue`, query, reply);
  }

  /** What no department has yet. */
  @Get('triage/queue')
  @Allow('router')
  @Describe({ summary: 'What no department has yet', answer: QUEUE_PAGE })
  ofTriage(@Query(bodyOf(QueueQueryDto)) query: QueueQueryDto, @Res({ passthrough: true }) reply: Reply): Promise<readonly QueueRow[]> {
    return this.page(null, 'api/v1/triage/queue', query, reply);
  }

  private async page(department: string | null, path: string, query: QueueQueryDto, reply: Reply): Promise<readonly QueueRow[]> {
    const { status, overdue, assignee, cursor, limit, after } = query;
    const wanted = new ReadQueue({
      department,
      statuses: (status?.split(',') ?? []) as readonly CaseStatus[],
      isOverdue: overdue === 'true',
      assignee: assignee ?? null,
      after: cursor === undefined ? null : readCursor(cursor),
      limit: limit === undefined ? USUAL_ROWS : Number(limit),
      reaching: after ?? null,
    });
    const { cases, next, isStale } = await this.queries.execute(wanted);
    if (isStale) reply.header('onedoor-stale', 'true');
    if (next !== null) {
      const { after: _, ...same } = query;
      reply.header('link', linkToNext(path, { ...same, cursor: writeCursor(next) }));
    }
    return cases.map(queueRowOf);
  }
}
