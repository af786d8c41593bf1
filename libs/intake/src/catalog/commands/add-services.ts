import { VISIBILITIES, type Visibility } from '@onedoor/contracts';
import { defineCommand } from '@onedoor/engine';
import { ListOf, OneOf, ServiceCode, Text, Texts } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import type { AddServices, ServiceCatalog, ServiceCatalogCommand } from '../decider.js';
import { CATALOG_ID, definitionOf, DESCRIPTIONS, SERVICE_TEXT_CHARACTERS, type Descriptions } from '../service-definition.js';

const DESCRIPTION_CHARACTERS = 2_000;
const MOST_KEYWORDS = 20;
const KEYWORD_CHARACTERS = 60;
/** Of one request: a larger catalog is added in several. */
const MOST_ADDED = 100;

export class ServiceBody {
  @ServiceCode('code') code!: string;
  @Text('name', SERVICE_TEXT_CHARACTERS) name!: string;
  @Text('description', DESCRIPTION_CHARACTERS) description!: string;
  @Text('group', SERVICE_TEXT_CHARACTERS) group!: string;
  @Texts('keywords', MOST_KEYWORDS, KEYWORD_CHARACTERS) keywords!: readonly string[];
  @OneOf('visibility', VISIBILITIES) visibility!: Visibility;
  @IsOptional() @OneOf('descriptions', DESCRIPTIONS) descriptions?: Descriptions | null;
}

export class AddServicesBody {
  @ListOf('services', ServiceBody, { most: MOST_ADDED }) services!: readonly ServiceBody[];
}

export const addServices = defineCommand<ServiceCatalog, ServiceCatalogCommand, never>()({
  name: 'add-services',
  type: 'AddServices',
  summary: 'Add services to the catalog',
  details:
    'A service that is there keeps its definition. `descriptions` says whether everyone reads what reporters write (`public`, which it ' +
    'is where nothing is said) or staff alone (`never`).',
  body: AddServicesBody,
  example: {
    services: [
      {
        code: 'pothole',
        name: 'Pothole',
        description: 'A hole in a street or bike lane',
        group: 'Streets',
        keywords: ['road', 'bike'],
        visibility: 'public',
        descriptions: 'public',
      },
    ],
  },
  roles: ['administrator'],
  stream: 'any',
  route: { path: 'services', id: CATALOG_ID },
  refusals: { CATALOG_NOT_OPEN: 409, SERVICE_CODE_INVALID: 400, CONFIDENTIAL_NOT_OFFERED: 409, CATALOG_FULL: 409 },
  prepare: ({ body: { services }, at }): AddServices => ({ type: 'AddServices', at, services: services.map(definitionOf) }),
});
