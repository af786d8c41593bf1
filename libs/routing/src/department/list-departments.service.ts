import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { pageOf, PORTS, type Ports } from '@onedoor/platform';
import { DEPARTMENT_LIST } from './department-list.js';
import type { Department } from './department.js';

export interface DepartmentPage {
  readonly departments: readonly Department[];
  /** The code of the last one, where more follow. */
  readonly next: string | null;
}

/** Asks for a page of the departments in the order of their codes; `after` is the last code of the page before. */
export class ListDepartments extends Query<DepartmentPage> {
  constructor(
    readonly after: string | null,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListDepartments)
export class ListDepartmentsHandler implements IQueryHandler<ListDepartments> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ after, limit }: ListDepartments): Promise<DepartmentPage> {
    const found = await this.ports.readModels.find(DEPARTMENT_LIST.collection, {
      sort: { field: 'code' },
      ...(after !== null && { after: { value: after, id: after } }),
      limit: limit + 1,
    });
    const { rows, next } = pageOf(found, limit, ({ code }: Department) => code);
    return { departments: rows, next };
  }
}
