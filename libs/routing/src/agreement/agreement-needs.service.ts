import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { CALENDAR } from '../aggregates.js';
import { Departments, WorkTopics } from '../department/departments.service.js';
import { Offers } from '../offer/offers.service.js';

/** What an agreement must find in place before it is proposed. */
@Injectable()
export class AgreementNeeds {
  constructor(
    private readonly executor: Executor,
    private readonly departments: Departments,
    readonly topics: WorkTopics,
    readonly offers: Offers,
  ) {}

  hasDepartment(code: string): Promise<boolean> {
    return this.departments.has(code);
  }

  async hasCalendar(id: string): Promise<boolean> {
    return (await this.executor.load(CALENDAR, id)).state.length > 0;
  }
}
