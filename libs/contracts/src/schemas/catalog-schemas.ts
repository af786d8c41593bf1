import { CATALOG_OPENED, CATALOG_SERVICES_ADDED, type CatalogEvent, type CatalogService } from '../catalog-events.js';
import { LANGUAGES, VISIBILITIES } from '../vocabulary.js';
import type { DescribedEvents } from './described-event.js';
import { list, oneOf, record, text } from './member.js';

export const CATALOG_EVENTS: DescribedEvents<CatalogEvent> = {
  [CATALOG_OPENED]: {
    says: 'The city begins to take requests.',
    data: {
      city: text('What it is called.'),
      zone: text('The IANA zone of its days.'),
      languages: list(oneOf(LANGUAGES, 'A language in which residents are told things.'), 'The first is used where none was asked for.'),
    },
  },
  [CATALOG_SERVICES_ADDED]: {
    says: 'Services can be asked for from now on, in addition to those before.',
    data: {
      services: list(
        record<CatalogService>('A service.', {
          code: text('Its Open311 service code.'),
          name: text('What it is called.'),
          group: text('Under which heading it stands.'),
          visibility: oneOf(VISIBILITIES, 'Who may learn of the requests for it.'),
        }),
        'In the order of the catalog.',
      ),
    },
  },
};
