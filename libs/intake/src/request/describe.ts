import type { DomainEvent } from '@onedoor/kernel';
import type { ServiceRequestEvent } from './events.js';

/** One sentence for each fact about a request, for the people who read its history. */
export function describeServiceRequest(event: DomainEvent): string {
  const { type, data } = event as ServiceRequestEvent;
  switch (type) {
    case 'ServiceRequestSubmitted':
      return `Submitted by ${data.channel}: ${data.service.name}`;
    case 'ServiceRequestRouted':
      return data.department === null
        ? 'The resident was told that a department is being found'
        : `The resident was told that ${data.department} answers for it`;
    case 'ServiceRequestPromised':
      return `The resident was promised an end by ${data.dueAt}`;
    case 'ServiceRequestPaused':
      return data.by === 'case'
        ? `The resident was told that the city waits for them: ${data.reason}`
        : `The resident was told that the promise stands still: ${data.reason}`;
    case 'ServiceRequestResumed':
      return 'It goes on, by when the resident was told before';
    case 'ServiceRequestClosed':
      return `The resident was told that it is closed: ${data.outcome}`;
    case 'ServiceRequestReopened':
      return `Open again, in round ${data.round}`;
  }
}
