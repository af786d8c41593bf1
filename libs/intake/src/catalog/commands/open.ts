import { defineCommand } from '@onedoor/engine';
import { Satisfies, Text } from '@onedoor/platform';
import { isKnownZone } from '@onedoor/sla';
import { CATALOG_ID } from '../service-definition.js';
import type { OpenCatalog, ServiceCatalog, ServiceCatalogCommand } from '../decider.js';

const NAME_CHARACTERS = 200;

/** The IANA name of a time zone. */
export const ZoneName = (field: string): PropertyDecorator =>
  Satisfies(field, (value) => typeof value === 'string' && isKnownZone(value), 'must be an IANA time zone such as America/New_York', {
    type: 'string',
    maxLength: 100,
  });

export class OpenCatalogBody {
  @Text('city', NAME_CHARACTERS) city!: string;
  @ZoneName('zone') zone!: string;
}

export const open = defineCommand<ServiceCatalog, ServiceCatalogCommand, never>()({
  name: 'open',
  type: 'OpenCatalog',
  summary: 'Open the catalog of a city: its name, and the zone of its days',
  details: 'Once and for all: what is kept here belongs to one city.',
  body: OpenCatalogBody,
  example: { city: 'Riverbend', zone: 'America/New_York' },
  roles: ['administrator'],
  stream: 'any',
  route: { path: '', status: 201, id: CATALOG_ID },
  refusals: { CATALOG_OF_ANOTHER_CITY: 409 },
  prepare: ({ body: { city, zone }, at }): OpenCatalog => ({ type: 'OpenCatalog', at, city, zone }),
});
