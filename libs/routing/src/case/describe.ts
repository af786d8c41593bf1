import type { DomainEvent } from '@onedoor/kernel';
import { endingWords } from './ending.js';
import { CORRECTED, type CaseEvent } from './events.js';
import { describeLeg, isOfLeg, type LegEvent } from './leg-events.js';
import { describePromise, isOfPromise, type PromiseEvent } from './promise-events.js';

/** One sentence for each fact about a case, for the people who read its history. */
export function describeCase(event: DomainEvent): string {
  if (isOfPromise(event)) return describePromise(event);
  if (isOfLeg(event)) return describeLeg(event);
  const { type, data } = event as Exclude<CaseEvent, PromiseEvent | LegEvent>;
  switch (type) {
    case 'CaseOpened':
      return `Case opened for ${data.service}`;
    case 'CaseRouted':
      if (data.department === null) return data.because === 'staff' ? 'Back in triage' : 'In triage: no rule names a department';
      return `Routed to ${data.department} (${data.reason ?? data.because})`;
    case 'CaseAccepted':
      return `${data.department} accepted it as its own`;
    case 'CaseHandOversUsedUp':
      return `Handed over ${data.handOvers} times already: ${data.from} can not hand it to ${data.to}, and 311 decides`;
    case 'CaseReturned': {
      const charged = data.isWithinHours ? 'within its hours, so that it can be charged to 311' : 'not within hours that were agreed';
      return `${data.department} returned it (${data.reason}), ${charged}`;
    }
    case 'CaseReturnCharged':
      return `That it had been sent to ${data.department} is charged to 311`;
    case 'CaseAssigned':
      return `Assigned to ${data.assignee}`;
    case 'CaseStarted':
      return 'Work started';
    case 'CaseMilestoneReached':
      return `Reached: ${data.milestone}`;
    case 'CaseWaiting':
      return `Waiting until ${data.expectedUntil}: ${data.reason}`;
    case 'CaseResumed':
      return 'No longer waiting';
    case 'CaseResolved':
      return `Resolved: ${data.outcome}${endingWords(data.ending)}${data.onTime === null ? '' : data.onTime ? ', on time' : ', late'}`;
    case 'CaseClosed':
      return `Closed: ${data.outcome}`;
    case 'CaseReopened':
      return data.reason === CORRECTED
        ? `Round ${data.round}, because the record was corrected: the rounds before were otherwise`
        : `Reopened for round ${data.round}: ${data.reason}`;
  }
}
