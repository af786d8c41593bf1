import type { Visibility } from '@onedoor/contracts';
import { accept, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

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

/** One thing that residents can ask for, as Open311's service list shows it. */
export interface ServiceDefinition {
  /** Open311 service_code: any text up to 200 characters. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly keywords: readonly string[];
  readonly visibility: Visibility;
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

export const SERVICE_CATALOG_SHAPES = { ServiceCatalogOpened: { v: 1 }, ServicesAdded: { v: 1 } } as const;

const CODE_CHARACTERS = 200;

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
      return reject(
        'CATALOG_OF_ANOTHER_CITY',
        `This data belongs to ${state.city} (${state.zone}); ${city} needs a data folder of its own`,
      );
    }
    if (state.city === null) return reject('CATALOG_NOT_OPEN', 'The catalog is opened before services are added');
    const services = command.services.filter(({ code }, index) => !state.services.has(code) && firstOf(command.services, code) === index);
    if (services.length === 0) return accept();
    for (const { code, visibility } of services) {
      if (code.trim() === '' || code.length > CODE_CHARACTERS)
        return reject('SERVICE_CODE_INVALID', `A service code has 1 to ${CODE_CHARACTERS} characters`);
      // Confidential requests need streams and topics of their own, which do not exist yet: refusing beats leaking.
      if (visibility === 'confidential') return reject('CONFIDENTIAL_NOT_OFFERED', `${code}: confidential services are not offered yet`);
    }
    return accept<ServiceCatalogEvent>({ type: 'ServicesAdded', at, data: { services } });
  },
  evolve(state, event) {
    if (event.type === 'ServiceCatalogOpened') return { ...state, ...event.data };
    return { ...state, services: new Map([...state.services, ...event.data.services.map((service) => [service.code, service] as const)]) };
  },
};
