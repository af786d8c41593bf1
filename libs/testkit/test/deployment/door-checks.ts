import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lint/snippet.js';
import type { Check } from './check.js';
import { ownServices, type Deployment } from './deployment.js';
import { readProxy } from './proxy.js';
import { routes, type Route } from './routes.js';

const ROUTES = routes();
/** What only whoever runs the services may ask. */
const INSIDE = ROUTES.filter(({ library }) => library === 'platform');
/** Answers that have no end. */
const STREAMS = ['/api/v1/departments/x/work'];

/** A process listens where it is asked: by its health check, by the proxy, and from outside. */
export const portsAgree: Check = (deployment) => {
  const exposed = Number(/^EXPOSE (?<port>\d+)$/m.exec(deployment.dockerfile)?.groups?.['port']);
  const own = ownServices(deployment).flatMap(([name, { environment = {}, ...service }]) => {
    const port = Number(environment['PORT']);
    const asked = [exposed, ...portsOf(service), ...(deployment.proxy === '' ? [] : readProxy(deployment.proxy).asks)];
    return asked.every((other) => other === port) ? [] : [`${name}: listens on ${port}, and is asked at ${asked.join(', ')}`];
  });
  return [...own, ...proxyPorts(deployment)];
};

function proxyPorts({ services, proxy }: Deployment): readonly string[] {
  if (proxy === '') return [];
  const { listens, asks } = readProxy(proxy);
  const asked = portsOf(services['proxy'] ?? {});
  const isAgreed = asks.length > 0 && asked.length === 2 && asked.every((port) => port === listens);
  return isAgreed ? [] : [`proxy: listens on ${listens}, and is asked at ${asked.join(', ')}`];
}

/** The ports inside the container that a health check and the outside ask. */
const portsOf = ({ healthcheck, ports = [] }: Deployment['services'][string]): readonly number[] => [
  ...[...(healthcheck?.test.join(' ') ?? '').matchAll(/127\.0\.0\.1:(?<port>\d+)/g)].map(({ groups }) => Number(groups?.['port'])),
  ...ports.map((port) => Number(port.split(':').at(-1))),
];

/** Every path goes to a service that holds its controller; what is for whoever runs them goes nowhere. */
export const everyRouteHasItsWay: Check = ({ services, proxy }) => {
  const { serviceFor, hides, streams } = readProxy(proxy);
  const lost = ROUTES.filter((route) => !INSIDE.includes(route)).filter(({ path, library }) => {
    const service = serviceFor(path);
    return hides(path) || !(service in services) || !serves(service, library);
  });
  return [
    ...lost.map(({ path, library }) => `${path} of ${library} goes to ${serviceFor(path)}`),
    ...INSIDE.filter(({ path }) => !hides(path)).map(({ path }) => `${path} can be asked from outside`),
    ...[...STREAMS, ...ROUTES.map(({ path }) => path)]
      .filter((path) => streams(path) !== STREAMS.includes(path))
      .map((path) => `${path} is ${streams(path) ? '' : 'not '}streamed`),
  ];
};

/** Signing in is checked by every process and served by one. */
function serves(service: string, library: string): boolean {
  const composition = readFileSync(join(ROOT, 'apps', service, 'src/composition.ts'), 'utf8');
  return library === 'access' ? composition.includes("'serves'") : composition.includes(`from '@onedoor/${library}'`);
}

/** For the spec: a check over no routes finds nothing. */
export const knownRoutes = (): readonly Route[] => ROUTES;
