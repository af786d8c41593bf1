import { Controller, Get } from '@nestjs/common';
import { VISIBILITIES } from '@onedoor/contracts';
import { ROLES } from '@onedoor/kernel';
import { Allow, count, Describe, json, list, oneOf, orNull, record, refusedRead, text, type CommandAnswers } from '@onedoor/platform';
import { Catalog } from './catalog.service.js';
import { CATALOG_COMMANDS } from './commands/index.js';
import { describeCatalog, type ServiceCatalog, type ServiceCatalogEvent } from './decider.js';
import { DESCRIPTIONS, type ServiceDefinition } from './service-definition.js';

/** What a command on the catalog answers. */
interface CatalogSummary {
  readonly city: string | null;
  readonly zone: string | null;
  readonly services: number;
}

/** The whole catalog, those of its services included that are listed to no resident. */
interface CatalogView {
  readonly city: string;
  readonly zone: string;
  readonly services: readonly ServiceDefinition[];
}

const CITY = text('The name of the city.');
const ZONE = text('The IANA zone of its days.');

export const CATALOG_ANSWERS: CommandAnswers = {
  tag: 'Catalog',
  name: 'CatalogCommands',
  usual: {
    described: json(
      'The catalog as it now is.',
      record<CatalogSummary>('CatalogSummary', { city: orNull(CITY), zone: orNull(ZONE), services: count('How many services it holds.') }),
    ),
    answer: ({ state: { city, zone, services } }: { readonly state: ServiceCatalog }): CatalogSummary => ({
      city,
      zone,
      services: services.size,
    }),
  },
  describe: (event: ServiceCatalogEvent) => describeCatalog(event),
};

const CATALOG_SCHEMA = record<CatalogView>('Catalog', {
  city: CITY,
  zone: ZONE,
  services: list(
    record<ServiceDefinition>('CatalogService', {
      code: text('Open311 `service_code`.'),
      name: text('For people.'),
      description: text('What it is for.'),
      group: text('Under which heading it stands.'),
      keywords: list(text('A word that people look for it by.')),
      visibility: oneOf(VISIBILITIES, 'Who may learn of the requests for it.'),
      descriptions: oneOf(DESCRIPTIONS, 'Whether everyone reads what reporters wrote, or staff alone.'),
    }),
    'In the order in which they were added.',
  ),
});

/** What residents can ask for, for every role that signs in. */
@Controller(CATALOG_COMMANDS.path)
@Allow(...ROLES)
@Describe({ tag: 'Catalog' })
export class CatalogController {
  constructor(private readonly catalog: Catalog) {}

  @Get()
  @Describe({
    summary: 'The catalog with all its services',
    answer: json('The catalog.', CATALOG_SCHEMA),
    refuses: { 404: ['CATALOG_UNKNOWN'] },
  })
  async read(): Promise<CatalogView> {
    const { city, zone, services } = (await this.catalog.current()).catalog;
    if (city === null || zone === null) throw refusedRead(CATALOG_COMMANDS, CATALOG_COMMANDS.missing);
    return { city, zone, services: [...services.values()] };
  }
}
