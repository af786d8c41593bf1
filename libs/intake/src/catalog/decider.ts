import type { EventShapes } from '@onedoor/engine';
import {
  accept,
  counted,
  identifierRule,
  reject,
  SERVICE_CODE_CHARACTERS,
  type Decider,
  type DomainEvent,
  type Instant,
} from '@onedoor/kernel';
import { definitionOf, isServiceCode, MOST_SERVICES, type ServiceDefinition, type ServiceDraft } from './service-definition.js';

export type ServiceCatalogCommand = OpenCatalog | AddServices;

/** The city the catalog serves: its name and the zone of its days. */
export interface OpenCatalog {
  readonly type: 'OpenCatalog';
  readonly at: Instant;
  readonly city: string;
  /** IANA zone. */
  readonly zone: string;
}

/** Adds what is not there yet; a service that is there keeps its definition. */
export interface AddServices {
  readonly type: 'AddServices';
  readonly at: Instant;
  readonly services: readonly ServiceDefinition[];
}

export type ServiceCatalogEvent =
  | DomainEvent<'ServiceCatalogOpened', { readonly city: string; readonly zone: string }>
  | DomainEvent<'ServicesAdded', { readonly services: readonly ServiceDefinition[] }>;

export interface ServiceCatalog {
  /** Null before the catalog is opened. */
  readonly city: string | null;
  readonly zone: string | null;
  /** By code, in the order they were added. */
  readonly services: ReadonlyMap<string, ServiceDefinition>;
}

export const SERVICE_CATALOG_SHAPES: EventShapes<ServiceCatalogEvent['type']> = {
  ServiceCatalogOpened: { v: 1 },
  // Before services said who reads descriptions, everyone did.
  ServicesAdded: { v: 2, upcast: (data) => ({ services: (data as ServicesOfVersion1).services.map(definitionOf) }) },
};

interface ServicesOfVersion1 {
  readonly services: readonly ServiceDraft[];
}

const firstOf = (services: readonly ServiceDefinition[], code: string): number => services.findIndex((service) => service.code === code);

/** What residents can ask for: stream `catalog-city`. */
export const serviceCatalogDecider: Decider<ServiceCatalog, ServiceCatalogCommand, ServiceCatalogEvent> = {
  initial: { city: null, zone: null, services: new Map() },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'OpenCatalog') {
      const { city, zone } = command;
      if (state.city === null) return accept<ServiceCatalogEvent>({ type: 'ServiceCatalogOpened', at, data: { city, zone } });
      if (state.city === city && state.zone === zone) return accept();
      return reject('CATALOG_OF_ANOTHER_CITY', anotherCity(state.city, state.zone, command));
    }
    if (state.city === null) return reject('CATALOG_NOT_OPEN', 'The catalog is opened before services are added');
    const services = command.services.filter(({ code }, index) => !state.services.has(code) && firstOf(command.services, code) === index);
    if (services.length === 0) return accept();
    for (const { code, visibility } of services) {
      if (!isServiceCode(code)) return reject('SERVICE_CODE_INVALID', `code: ${identifierRule(SERVICE_CODE_CHARACTERS)}`);
      // Confidential requests need streams and topics of their own, which do not exist yet: refusing beats leaking.
      if (visibility === 'confidential') return reject('CONFIDENTIAL_NOT_OFFERED', `${code}: confidential services are not offered yet`);
    }
    if (state.services.size + services.length > MOST_SERVICES)
      return reject('CATALOG_FULL', `services: a catalog holds ${MOST_SERVICES} at most`);
    return accept<ServiceCatalogEvent>({ type: 'ServicesAdded', at, data: { services } });
  },
  evolve(state, event) {
    if (event.type === 'ServiceCatalogOpened') return { ...state, ...event.data };
    return { ...state, services: new Map([...state.services, ...event.data.services.map((service) => [service.code, service] as const)]) };
  },
};

/** Names the first field that tells the two apart, and what was given once. */
const anotherCity = (city: string, zone: string | null, asked: OpenCatalog): string =>
  city === asked.city
    ? `zone: the days of ${city} are in ${zone}, not in ${asked.zone}: a city's zone is given once`
    : `city: this data belongs to ${city} (${zone}); ${asked.city} (${asked.zone}) needs a data folder of its own`;

const NAMED = 5;

export function describeCatalog({ type, data }: ServiceCatalogEvent): string {
  if (type === 'ServiceCatalogOpened') return `Opened for ${data.city}, in the zone ${data.zone}`;
  const { length } = data.services;
  const named = data.services.slice(0, NAMED).map(({ code }) => code);
  return `${counted(length, 'service')} added: ${[...named, ...(length > NAMED ? ['and more'] : [])].join(', ')}`;
}
