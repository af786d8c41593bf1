import {
  CATALOG_OPENED,
  CATALOG_SERVICES_ADDED,
  CATALOG_TOPIC,
  LANGUAGES,
  type CatalogOpened,
  type CatalogServicesAdded,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import type { ServiceCatalogEvent } from './decider.js';

/** What intake tells the other contexts about what residents can ask for. */
export function publishCatalog({ type, data }: ServiceCatalogEvent): readonly Publication[] {
  if (type === 'ServiceCatalogOpened') {
    const opened: CatalogOpened['data'] = { city: data.city, zone: data.zone, languages: LANGUAGES };
    return [{ topic: CATALOG_TOPIC, type: CATALOG_OPENED, data: opened }];
  }
  const services = data.services.map(({ code, name, group, visibility }) => ({ code, name, group, visibility }));
  const added: CatalogServicesAdded['data'] = { services };
  return [{ topic: CATALOG_TOPIC, type: CATALOG_SERVICES_ADDED, data: added }];
}
