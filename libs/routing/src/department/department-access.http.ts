import { Injectable } from '@nestjs/common';
import { refuseOtherDepartment, RequestProblem, type Principal } from '@onedoor/platform';
import { Departments } from './departments.service.js';

/** Lets a department at what is its own, and every other role that the route admits at every department's. */
@Injectable()
export class DepartmentAccess {
  constructor(private readonly departments: Departments) {}

  /** Throws a 403 for another department's, and a 404 where there is no such department. */
  async check(code: string, principal: Principal): Promise<void> {
    refuseOtherDepartment(principal, code);
    if (!(await this.departments.has(code))) throw new RequestProblem(404, ['There is no such department'], { code: 'DEPARTMENT_UNKNOWN' });
  }
}
