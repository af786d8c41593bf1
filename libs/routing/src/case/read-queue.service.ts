import type { CaseStatus } from '@onedoor/contracts';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { checkpointOf, placeIn, type Position, type Query as DocumentQuery } from '@onedoor/engine';
import { instantOf, msOf } from '@onedoor/kernel';
import { pageOf, PORTS, type PageEnd, type Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from './case-overview.js';

export interface QueueQuery {
  /** Null: what waits in triage. */
  readonly department: string | null;
  readonly statuses: readonly CaseStatus[];
  /** Only what should be done by now. */
  readonly isOverdue: boolean;
  readonly assignee: string | null;
  /** The end of the page before. */
  readonly after: PageEnd | null;
  readonly limit: number;
  /** What stands there is to be shown; null: what the view shows by now. */
  readonly reaching: Position | null;
}

/** The open cases of a department or of triage: what falls due first comes first, what was never promised last. */
export class ReadQueue extends Query<QueuePage> {
  constructor(readonly query: QueueQuery) {
    super();
  }
}

export interface QueuePage {
  readonly cases: readonly CaseOverview[];
  /** Null at the end. */
  readonly next: PageEnd | null;
  /** Whether the view did not reach `reaching` within two seconds. */
  readonly isStale: boolean;
}

/** How often and how far apart the checkpoint of the view is read while it is behind: two seconds in all. */
const LOOKS = 40;
const BETWEEN_LOOKS_MS = 50;

@QueryHandler(ReadQueue)
export class ReadQueueHandler implements IQueryHandler<ReadQueue> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels' | 'checkpoints' | 'clock'>) {}

  async execute({ query }: ReadQueue): Promise<QueuePage> {
    const { department, statuses, isOverdue, assignee, after, limit, reaching } = query;
    const isStale = reaching !== null && !(await this.hasReached(reaching));
    const where: DocumentQuery['where'] = {
      department,
      isOpen: true,
      ...(statuses.length > 0 && { status: { in: statuses } }),
      ...(assignee !== null && { assignee }),
      // Due at this very instant is on time still, and what stands still is not late.
      ...(isOverdue && { isPaused: false, queueAt: { to: instantOf(msOf(this.ports.clock.now()) - 1) } }),
    };
    const found = await this.ports.readModels.find(CASE_OVERVIEW.collection, {
      where,
      sort: { field: 'queueAt' },
      ...(after && { after: { value: after.at, id: after.id } }),
      limit: limit + 1,
    });
    const { rows, next } = pageOf(found, limit, ({ queueAt, reference }: CaseOverview) => ({ at: queueAt, id: reference }));
    return { cases: rows, next, isStale };
  }

  /** Waits, within bounds, for the view to show what stands at a position. False: it does not yet. */
  private async hasReached(position: Position): Promise<boolean> {
    const { checkpoints, clock } = this.ports;
    for (let look = 1; ; look++) {
      const at = await checkpoints.load(checkpointOf(CASE_OVERVIEW));
      if (at !== null && at >= placeIn(position)) return true;
      if (look === LOOKS) return false;
      await clock.wait(BETWEEN_LOOKS_MS, new AbortController().signal);
    }
  }
}
