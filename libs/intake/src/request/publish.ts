import {
  INTAKE_TOPIC,
  REQUEST_CLOSED,
  REQUEST_PAUSED,
  REQUEST_PROMISE_MOVED,
  REQUEST_PROMISED,
  REQUEST_REOPENED,
  REQUEST_RESUMED,
  REQUEST_SUBMITTED,
  type Reported,
  type RequestSubmitted,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { ServiceRequestState } from './state.js';
import type { ServiceRequestEvent, Submission } from './events.js';

/** What intake tells the other contexts: that a report came in, and each thing the resident was told about it. */
export function publishServiceRequest(event: ServiceRequestEvent, state: ServiceRequestState): readonly Publication[] {
  assert(state.exists, 'a request that has an event exists');
  switch (event.type) {
    case 'ServiceRequestSubmitted':
      return tell(REQUEST_SUBMITTED, submitted(event.data));
    case 'ServiceRequestPromised':
      return tell(state.promises > 1 ? REQUEST_PROMISE_MOVED : REQUEST_PROMISED, { round: event.data.round, dueAt: event.data.dueAt });
    case 'ServiceRequestPaused':
      return tell(REQUEST_PAUSED, { round: event.data.round, reason: event.data.reason });
    case 'ServiceRequestResumed': {
      const { promisedBy } = state;
      return tell(REQUEST_RESUMED, { round: event.data.round, dueAt: promisedBy !== null && promisedBy > event.at ? promisedBy : null });
    }
    case 'ServiceRequestClosed':
      return tell(REQUEST_CLOSED, { round: event.data.round, outcome: event.data.outcome, details: event.data.details });
    case 'ServiceRequestReopened':
      return tell(REQUEST_REOPENED, { round: event.data.round });
    default:
      return [];
  }
}

const submitted = (submission: Submission): RequestSubmitted['data'] => {
  const { service, visibility, channel, department, hasContact, contact, language } = submission;
  return {
    service: service.code,
    serviceName: service.name,
    visibility,
    channel,
    department,
    hasContact,
    contact,
    language,
    reported: reportedIn(submission),
  };
};

/** A place that older logs keep in clear leaves this context only where everyone may know it. */
function reportedIn({ visibility, cell, location, mediaUrl, sealedDetails, description, answers, photos }: Submission): Reported {
  return { cell, details: visibility === 'public' ? { location, mediaUrl } : null, sealedDetails, description, answers, photos };
}

const tell = (type: string, data: unknown): readonly Publication[] => [{ topic: INTAKE_TOPIC, type, data }];
