import type { Aggregate } from '@onedoor/engine';
import {
  serviceCatalogDecider,
  SERVICE_CATALOG_SHAPES,
  type ServiceCatalog,
  type ServiceCatalogCommand,
  type ServiceCatalogEvent,
} from './catalog/decider.js';
import type { ServiceRequestCommand } from './request/command.js';
import { serviceRequestDecider } from './request/decider.js';
import type { ServiceRequestState } from './request/state.js';
import type { ServiceRequestEvent } from './request/events.js';
import { SERVICE_REQUEST_SHAPES } from './request/shapes.js';

/** Stream `request-<reference>`. */
export const SERVICE_REQUEST: Aggregate<ServiceRequestState, ServiceRequestCommand, ServiceRequestEvent> = {
  category: 'request',
  decider: serviceRequestDecider,
  shapes: SERVICE_REQUEST_SHAPES,
};

/** Stream `catalog-city`: one catalog a city. */
export const SERVICE_CATALOG: Aggregate<ServiceCatalog, ServiceCatalogCommand, ServiceCatalogEvent> = {
  category: 'catalog',
  decider: serviceCatalogDecider,
  shapes: SERVICE_CATALOG_SHAPES,
};

export { CATALOG_ID } from './catalog/service-definition.js';
