import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { SERVICE_CATALOG } from '../aggregates.js';
import type { ServiceCatalog } from './decider.js';
import { CATALOG_ID, type ServiceDefinition } from './service-definition.js';

/** The service catalog as it stands in its stream: never a view that may lag behind what was just published. */
@Injectable()
export class Catalog {
  private knownZone: string | null = null;
  private knownServices: ServiceCatalog['services'] = new Map();

  constructor(private readonly executor: Executor) {}

  /** The catalog and its revision; a service's definition is recorded with the revision it came from. */
  async current(): Promise<{ readonly catalog: ServiceCatalog; readonly revision: number }> {
    const { state, revision } = await this.executor.load(SERVICE_CATALOG, CATALOG_ID);
    return { catalog: state, revision };
  }

  /** The services that may be listed for everyone, in the order they were added. */
  async listed(): Promise<readonly ServiceDefinition[]> {
    return listedIn((await this.current()).catalog);
  }

  /** The definitions of some services. A service keeps its definition, so that the stream is read for those alone that are new here. */
  async definitions(codes: readonly string[]): Promise<ServiceCatalog['services']> {
    if (!codes.every((code) => this.knownServices.has(code))) this.knownServices = (await this.current()).catalog.services;
    return this.knownServices;
  }

  /** The zone of the city's days; UTC before the catalog is open. It is given once, so that it is read once. */
  async zone(): Promise<string> {
    this.knownZone ??= (await this.current()).catalog.zone;
    return this.knownZone ?? 'UTC';
  }
}

/** The services of a catalog that may be listed for everyone. */
export const listedIn = ({ services }: ServiceCatalog): readonly ServiceDefinition[] =>
  [...services.values()].filter(({ visibility }) => visibility === 'public');
