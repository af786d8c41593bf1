import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { pageOf, PORTS, type PageEnd, type Ports } from '@onedoor/platform';
import { OVERDUE_CASES, type OverdueCase } from './overdue-cases.js';

/** Asks for the overdue cases, those that have been so longest first. */
export class ListOverdue extends Query<OverduePage> {
  constructor(
    /** Null: those of all departments, and of triage. */
    readonly department: string | null,
    readonly after: PageEnd | null,
    readonly limit: number,
  ) {
    super();
  }
}

export interface OverduePage {
  readonly cases: readonly OverdueCase[];
  /** Null at the end. */
  readonly next: PageEnd | null;
}

@QueryHandler(ListOverdue)
export class ListOverdueHandler implements IQueryHandler<ListOverdue> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ department, after, limit }: ListOverdue): Promise<OverduePage> {
    const found = await this.ports.readModels.find(OVERDUE_CASES.collection, {
      ...(department !== null && { where: { department } }),
      sort: { field: 'dueAt' },
      ...(after !== null && { after: { value: after.at, id: after.id } }),
      limit: limit + 1,
    });
    const { rows, next } = pageOf(found, limit, ({ dueAt, reference }: OverdueCase) => ({ at: dueAt, id: reference }));
    return { cases: rows, next };
  }
}
