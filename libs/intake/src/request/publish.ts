import {
  INTAKE_TOPIC,
  REQUEST_CLOSED,
  REQUEST_PROMISE_MOVED,
  REQUEST_PROMISED,
  REQUEST_REOPENED,
  REQUEST_SUBMITTED,
  type RequestSubmitted,
  LANGUAGES,
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
    case 'ServiceRequestClosed':
      return tell(REQUEST_CLOSED, { round: event.data.round, outcome: event.data.outcome });
    case 'ServiceRequestReopened':
      return tell(REQUEST_REOPENED, { round: event.data.round });
    default:
      return [];
  }
}

const submitted = ({ service, visibility, channel, department, hasContact, language }: Submission): RequestSubmitted['data'] => ({
  service: service.code,
  serviceName: service.name,
  visibility,
  channel,
  department,
  hasContact,
  language: language ?? LANGUAGES[0],
});

const tell = (type: string, data: unknown): readonly Publication[] => [{ topic: INTAKE_TOPIC, type, data }];
