import { TRANSFER_REASONS, type TransferReason } from '@onedoor/contracts';
import { reject } from '@onedoor/kernel';
import { DepartmentCode, OneOf } from '@onedoor/platform';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class TransferCaseBody {
  @DepartmentCode('department') department!: string;
  @OneOf('reason', TRANSFER_REASONS) reason!: TransferReason;
}

export const transfer = caseCommand({
  name: 'transfer',
  type: 'RouteCase',
  summary: 'Hand the case to another department; from triage, to the first',
  body: TransferCaseBody,
  example: { department: 'streets', reason: 'wrong_department' },
  roles: WORKERS_ON_CASES,
  refusals: { DEPARTMENT_UNKNOWN: 409 },
  async prepare({ body: { department, reason }, at, state }, { policies }) {
    if (!(await policies.hasDepartment(department))) return reject('DEPARTMENT_UNKNOWN', 'department: there is no such department');
    const terms = await policies.terms(department, state.service, at);
    return { type: 'RouteCase', at, reason, placement: { department, because: 'staff', rulesVersion: null, terms } };
  },
});
