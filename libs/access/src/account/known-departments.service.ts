import { Inject, Injectable } from '@nestjs/common';
import { reject, type Principal, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import type { RoleAssignment } from './role-assignment.js';

/** Which departments there are: asked of their streams, which access may look at. */
@Injectable()
export class KnownDepartments {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'store'>) {}

  /**
   * The refusal of an assignment to a department that does not exist; null where it does, or none is named. A set-up by the system may make
   * accounts before it makes departments.
   */
  async refusal({ role, department }: RoleAssignment, by: Principal | null): Promise<Rejection | null> {
    if (by === null || role !== 'department' || department === null) return null;
    const events = await this.ports.store.read(`department-${department}`, 0, 1);
    return events.length > 0 ? null : reject('DEPARTMENT_UNKNOWN', 'department: there is no such department');
  }
}
