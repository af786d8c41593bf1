import type { DomainEvent } from '@onedoor/kernel';
import { explain } from '@onedoor/sla';
import type { CaseEvent } from './events.js';

/** One sentence for each fact about a case, for the people who read its history. */
export function describeCase(event: DomainEvent): string {
  const { type, data } = event as CaseEvent;
  switch (type) {
    case 'CaseOpened':
      return `Case opened for ${data.service}`;
    case 'CaseRouted':
      if (data.department === null) return data.because === 'staff' ? 'Back in triage' : 'In triage: no rule names a department';
      return `Routed to ${data.department} (${data.reason ?? data.because})`;
    case 'CaseAccepted':
      return `${data.department} accepted it as its own`;
    case 'CaseReturned':
      return `${data.department} returned it (${data.reason}); the misroute is charged to ${data.chargedTo === '311' ? '311' : 'the department'}`;
    case 'CaseAssigned':
      return `Assigned to ${data.assignee}`;
    case 'CaseStarted':
      return 'Work started';
    case 'CaseWaiting':
      return `Waiting until ${data.expectedUntil}: ${data.reason}`;
    case 'CaseResumed':
      return 'No longer waiting';
    case 'CaseResolved':
      return `Resolved: ${data.outcome}${data.onTime === null ? '' : data.onTime ? ', on time' : ', late'}`;
    case 'CaseClosed':
      return `Closed: ${data.outcome}`;
    case 'CaseReopened':
      return `Reopened for round ${data.round}: ${data.reason}`;
    case 'PromiseMade':
      return `Promised (agreement version ${data.agreementVersion}): ${explain(data.clock).sentence}`;
    case 'PromiseDueSoon':
      return `Due soon: ${data.dueAt}`;
    case 'PromiseBreached':
      return `The promise was not kept: it was due ${data.dueAt}`;
    case 'PromisePaused':
      return `The promise stands still, until ${data.capAt} at the latest: ${data.reason}`;
    case 'PromiseResumed':
      return `The promise runs again and is now due ${data.dueAt}`;
    case 'LegStarted':
      return `Arrived at ${data.department}${data.dueAt === null ? ', under no agreement' : `, due there ${data.dueAt}`}`;
    case 'LegEnded':
      return `Left ${data.department}${data.onTime === null ? '' : data.onTime ? ', on time' : ', late'}`;
  }
}
