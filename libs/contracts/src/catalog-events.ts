import type { PublicEvent } from './public-event.js';
import type { Language, Visibility } from './vocabulary.js';

export const CATALOG_TOPIC = 'onedoor.catalog';

/** The subject of everything that is about the city as a whole, and about no request. */
export const CITY_SUBJECT = 'city';

/** What intake tells the others about what residents can ask for, all under the subject `city`. */
export type CatalogEvent = CatalogOpened | CatalogServicesAdded;

export const CATALOG_OPENED = 'gov.onedoor.intake.catalog.opened.v1';
export const CATALOG_SERVICES_ADDED = 'gov.onedoor.intake.catalog.services-added.v1';

/** The city begins to take requests: its name, the IANA zone of its days, and the languages in which residents are told things. */
export type CatalogOpened = PublicEvent<
  typeof CATALOG_OPENED,
  { readonly city: string; readonly zone: string; readonly languages: readonly Language[] }
>;

/** Services can be asked for from now on. A service keeps its definition. */
export type CatalogServicesAdded = PublicEvent<typeof CATALOG_SERVICES_ADDED, { readonly services: readonly CatalogService[] }>;

export interface CatalogService {
  /** Open311 service code. */
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly visibility: Visibility;
}
