import { REVISE_REASONS, type ReviseReason } from '@onedoor/contracts';
import { instantOf, msOf } from '@onedoor/kernel';
import { InstantText, OneOf } from '@onedoor/platform';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class ReviseDateBody {
  @InstantText('dueAt') dueAt!: string;
  @OneOf('reason', REVISE_REASONS) reason!: ReviseReason;
}

export const revise = caseCommand({
  name: 'revise',
  type: 'ReviseDate',
  summary: 'Tell the resident another date',
  details: 'The promise falls due when it did: whether it is kept is judged by that, and whether the new date is kept is counted beside.',
  body: ReviseDateBody,
  example: { dueAt: '2099-11-30T21:00:00Z', reason: 'more_work_than_expected' },
  roles: WORKERS_ON_CASES,
  refusals: { DATE_IS_OVER: 409 },
  prepare: ({ body: { dueAt, reason }, at }) => ({ type: 'ReviseDate', at, dueAt: instantOf(msOf(dueAt)), reason }),
});
