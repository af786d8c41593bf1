import { assert } from '@onedoor/kernel';
import { routesOfContext } from '@onedoor/platform';
import type { ServiceEntry } from '../services.js';

/** Paths that begin like this lead to this process. A segment with a colon stands for any. */
export interface ProxyRow {
  readonly prefix: string;
  readonly service: string;
}

/** Which process a path leads to. Read by nginx, the trials and tests. */
export interface ProxyTable {
  readonly rows: readonly ProxyRow[];
  serviceFor(path: string): string;
  /** The rows as nginx includes them. */
  readonly nginx: string;
}

/** The proxy's table, derived from the routes of the contexts that each process holds. What no row fits goes to the first process. */
export function proxyTable(services: readonly ServiceEntry[]): ProxyTable {
  const [front] = services;
  assert(front !== undefined, 'there is a process');
  const rows = rowsOf(services, front);
  return {
    rows,
    serviceFor(path) {
      const segments = segmentsOf(path.split('?')[0] ?? '');
      return rows.find(({ prefix }) => begins(segments, segmentsOf(prefix)))?.service ?? front.name;
    },
    nginx: [
      '# Which service answers for a path. Written by `npm run docs`, from the routes of the contexts that each service holds.',
      `default ${front.name};`,
      ...rows.map(({ prefix, service }) => `~^${patternOf(prefix)}(?:/|$) ${service};`),
      '',
    ].join('\n'),
  };
}

/** For each route the shortest beginning of its path that leads to no other process. A path that two processes answer is our bug. */
function rowsOf(services: readonly ServiceEntry[], front: ServiceEntry): readonly ProxyRow[] {
  const routes = services.flatMap(({ name, contexts }) =>
    contexts.flatMap(routesOfContext).map(({ path }) => ({ service: name, segments: segmentsOf(path) })),
  );
  const rows = routes
    .filter(({ service }) => service !== front.name)
    .map(({ service, segments }) => {
      const others = routes.filter((route) => route.service !== service);
      const isShared = (beginning: readonly string[]): boolean => others.some((route) => begins(route.segments, beginning));
      const length = segments.findIndex((_, index) => !isShared(segments.slice(0, index + 1))) + 1;
      assert(length > 0, `/${segments.join('/')} is answered by one process`);
      return { service, prefix: `/${segments.slice(0, length).join('/')}` };
    });
  return [...new Map(rows.map((row) => [row.prefix, row])).values()];
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

const isVariable = (segment: string): boolean => segment.includes(':');

const begins = (segments: readonly string[], beginning: readonly string[]): boolean =>
  beginning.every((segment, index) => {
    const other = segments[index];
    return other !== undefined && (segment === other || isVariable(segment) || isVariable(other));
  });

const patternOf = (prefix: string): string => prefix.replaceAll('.', '\\.').replaceAll(/[^/]*:[^/]*/g, '[^/]+');
