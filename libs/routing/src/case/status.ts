/** Where a case stands. `triage` means that no department has it yet. */
export const CASE_STATUSES = ['triage', 'queued', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed'] as const;

export type CaseStatus = (typeof CASE_STATUSES)[number];

/** What can be done to a case that exists. */
export type CaseAction = 'route' | 'accept' | 'return' | 'assign' | 'start' | 'wait' | 'resume' | 'resolve' | 'close' | 'reopen';

/**
 * The one transition table: which actions each status allows. `resume` returns to the status before the wait, `route` leads to
 * `queued` or `triage`, `return` to `triage`; `accept` leaves the status as it is; every other action leads to the status named
 * after it.
 */
export const TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseAction[]>> = {
  triage: ['route', 'wait', 'resolve'],
  queued: ['route', 'accept', 'return', 'assign', 'start', 'wait', 'resolve'],
  assigned: ['route', 'accept', 'return', 'assign', 'start', 'wait', 'resolve'],
  in_progress: ['route', 'accept', 'return', 'assign', 'wait', 'resolve'],
  waiting: ['resume'],
  resolved: ['close', 'reopen'],
  closed: ['reopen'],
};
