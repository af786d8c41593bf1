import type { Context } from '../contexts.js';

/** One process, and the contexts that it holds. */
export interface ServiceEntry {
  readonly name: string;
  readonly contexts: readonly Context[];
}

interface ServicesModule {
  readonly SERVICES: readonly ServiceEntry[];
}
interface ProxyModule {
  proxyTable(services: readonly ServiceEntry[]): { readonly nginx: string };
}

// By path: the testkit depends on no composition.
const composition = '../../../composition/src/';
export const { SERVICES } = (await import(`${composition}services.js`)) as ServicesModule;
const { proxyTable } = (await import(`${composition}service/proxy-table.js`)) as ProxyModule;

/** The proxy's table as nginx includes it. */
export const NGINX_TABLE = proxyTable(SERVICES).nginx;
