import { CASE_STATUSES, type CaseStatus } from '@onedoor/contracts';
import { reject, type Rejection } from '@onedoor/kernel';

/** What can be done to a case that exists, by the names of the commands. `open` and `assess` are done to it whatever its status. */
export type CaseCommandName = 'transfer' | 'accept' | 'return' | 'assign' | 'start' | 'wait' | 'resume' | 'resolve' | 'close' | 'reopen';

/**
 * The one transition table: which commands each status allows. `resume` returns to the status before the wait, `transfer` leads to
 * `queued` or `triage`, `return` to `triage`; `accept` leaves the status as it is; every other command leads to the status named
 * after it.
 */
export const TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseCommandName[]>> = {
  triage: ['transfer', 'wait', 'resolve'],
  queued: ['transfer', 'accept', 'return', 'assign', 'start', 'wait', 'resolve'],
  assigned: ['transfer', 'accept', 'return', 'assign', 'start', 'wait', 'resolve'],
  in_progress: ['transfer', 'accept', 'return', 'assign', 'wait', 'resolve'],
  waiting: ['resume'],
  resolved: ['close', 'reopen'],
  closed: ['reopen'],
};

/** Why a case of this status does not allow a command; null where it does. */
export function statusRefusal(name: CaseCommandName, status: CaseStatus): Rejection | null {
  if (TRANSITIONS[status].includes(name)) return null;
  return reject(codeOf(status), `A case that is ${status} does not allow: ${name}`);
}

/** The codes by which the table can refuse a command. */
export const statusRefusalsOf = (name: CaseCommandName): readonly string[] =>
  CASE_STATUSES.filter((status) => !TRANSITIONS[status].includes(name)).map(codeOf);

const codeOf = (status: CaseStatus): string => `CASE_IS_${status.toUpperCase()}`;
