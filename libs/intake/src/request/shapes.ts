import type { ServiceRequestEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const SERVICE_REQUEST_SHAPES: Readonly<Record<ServiceRequestEvent['type'], { readonly v: number }>> = {
  ServiceRequestSubmitted: { v: 1 },
  ServiceRequestRouted: { v: 1 },
  ServiceRequestPromised: { v: 1 },
  ServiceRequestClosed: { v: 1 },
  ServiceRequestReopened: { v: 1 },
};
