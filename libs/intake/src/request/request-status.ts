import { NO_DETAILS, type ClosingDetails, type Location, type Visibility } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { idOf, assert, type Instant, type Reference } from '@onedoor/kernel';
import type { ServiceRequestEvent } from './events.js';
import { SERVICE_REQUEST_SHAPES } from './shapes.js';

/** A request as Open311 and the resident's page show it. Free text stays sealed in here. */
export interface RequestStatus {
  readonly reference: Reference;
  /** Whether it may be listed for everyone. */
  readonly isListed: boolean;
  readonly visibility: Visibility;
  readonly status: 'open' | 'closed';
  /** Counts reopenings, from 1. */
  readonly round: number;
  readonly service: string;
  readonly serviceName: string;
  readonly department: string | null;
  readonly promisedBy: Instant | null;
  /** For what it stands still: no date counts meanwhile. Null while it goes on. */
  readonly pausedFor: string | null;
  /** Whether that is a wait for the resident, which a promise that moves does not end. Absent: it is not. */
  readonly isWaiting?: boolean;
  readonly outcome: string | null;
  /** What belongs to the outcome. */
  readonly details: ClosingDetails;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  readonly submittedAt: Instant;
  readonly updatedAt: Instant;
  readonly location: Location | null;
  readonly description: { readonly sealed: string } | null;
  readonly mediaUrl: string | null;
  /** `<system>:<id>` where it came from elsewhere. */
  readonly source: string | null;
}

export const REQUEST_STATUS: Projection<RequestStatus, ServiceRequestEvent> = {
  collection: {
    name: 'request_status',
    version: 5,
    indexes: [['isListed', 'submittedAt'], ['isListed', 'status', 'submittedAt'], ['isListed', 'service', 'submittedAt'], ['source']],
  },
  categories: ['request'],
  shapes: SERVICE_REQUEST_SHAPES,
  handles: [
    'ServiceRequestSubmitted',
    'ServiceRequestRouted',
    'ServiceRequestPromised',
    'ServiceRequestPaused',
    'ServiceRequestResumed',
    'ServiceRequestClosed',
    'ServiceRequestReopened',
  ],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    if (event.type === 'ServiceRequestSubmitted') {
      const { service, visibility, location, description, mediaUrl, source } = event.data;
      return {
        reference: idOf(event.stream),
        isListed: visibility === 'public',
        visibility,
        status: 'open',
        round: 1,
        service: service.code,
        serviceName: service.name,
        department: null,
        promisedBy: null,
        pausedFor: null,
        outcome: null,
        details: NO_DETAILS,
        closedAt: null,
        submittedAt: event.at,
        updatedAt: event.at,
        location,
        description,
        mediaUrl,
        source: source && `${source.system}:${source.id}`,
      };
    }
    assert(document !== null, 'a request is submitted before anything else');
    const updated = { ...document, updatedAt: event.at };
    switch (event.type) {
      case 'ServiceRequestRouted':
        return { ...updated, department: event.data.department };
      case 'ServiceRequestPromised':
        return { ...updated, promisedBy: event.data.dueAt, pausedFor: updated.isWaiting === true ? updated.pausedFor : null };
      case 'ServiceRequestPaused':
        return { ...updated, pausedFor: event.data.reason, isWaiting: event.data.by === 'case' };
      case 'ServiceRequestResumed':
        return { ...updated, pausedFor: null, isWaiting: false };
      case 'ServiceRequestClosed':
        return {
          ...updated,
          status: 'closed',
          pausedFor: null,
          isWaiting: false,
          outcome: event.data.outcome,
          details: event.data.details,
          closedAt: event.at,
        };
      case 'ServiceRequestReopened':
        return {
          ...updated,
          status: 'open',
          round: event.data.round,
          promisedBy: null,
          pausedFor: null,
          isWaiting: false,
          outcome: null,
          details: NO_DETAILS,
          closedAt: null,
        };
    }
  },
};
