import type { Check } from './check.js';
import { ownServices, type Deployment } from './deployment.js';
import { readProxy } from './proxy.js';
import { ROUTES } from './routes.js';
import { SERVICES, type ServiceEntry } from './services.js';

/** What only operators of the services may ask. */
const INSIDE = ROUTES.filter(({ context }) => context === null);

/** A process listens where it is asked: by its health check, by the proxy, and from outside. */
export const portsAgree: Check = (deployment) => {
  const exposed = Number(/^EXPOSE (?<port>\d+)$/m.exec(deployment.dockerfile)?.groups?.['port']);
  const own = ownServices(deployment).flatMap(([name, { environment = {}, ...service }]) => {
    const port = Number(environment['PORT']);
    const asked = [exposed, ...portsOf(service), ...(deployment.proxy === '' ? [] : readProxy(deployment).asks)];
    return asked.every((other) => other === port) ? [] : [`${name}: listens on ${port}, and is asked at ${asked.join(', ')}`];
  });
  return [...own, ...proxyPorts(deployment)];
};

function proxyPorts(deployment: Deployment): readonly string[] {
  if (deployment.proxy === '') return [];
  const { listens, asks } = readProxy(deployment);
  const asked = portsOf(deployment.services['proxy'] ?? {});
  const isAgreed = asks.length > 0 && asked.length === 2 && asked.every((port) => port === listens);
  return isAgreed ? [] : [`proxy: listens on ${listens}, and is asked at ${asked.join(', ')}`];
}

/** The ports inside the container that a health check and the outside ask. */
const portsOf = ({ healthcheck, ports = [] }: Deployment['services'][string]): readonly number[] => [
  ...[...(healthcheck?.test.join(' ') ?? '').matchAll(/127\.0\.0\.1:(?<port>\d+)/g)].map(({ groups }) => Number(groups?.['port'])),
  ...ports.map((port) => Number(port.split(':').at(-1))),
];

/** Every path goes to a service that holds its context; what is for operators goes nowhere. */
export const everyRouteHasItsWay: Check = (deployment) => {
  const { serviceFor, hides, streams } = readProxy(deployment);
  const lost = ROUTES.filter(({ path, context }) => {
    const service = SERVICES.find(({ name }) => name === serviceFor(path));
    const isThere = service !== undefined && service.name in deployment.services;
    return context !== null && (hides(path) || !isThere || !service.contexts.some(({ name }) => name === context));
  });
  return [
    ...lost.map(({ path, context }) => `${path} of ${context} goes to ${serviceFor(path)}`),
    ...INSIDE.filter(({ path }) => !hides(path)).map(({ path }) => `${path} can be asked from outside`),
    ...ROUTES.filter(({ path, isStream }) => streams(path) !== isStream).map(
      ({ path, isStream }) => `${path} is ${isStream ? 'not ' : ''}streamed`,
    ),
  ];
};

/** Each service of the table is a container that runs its own app, before the proxy asks it; no other container runs one. */
export const servicesAreContainers: Check = (deployment) => containersFor(SERVICES)(deployment);

export const containersFor =
  (expected: readonly ServiceEntry[]): Check =>
  ({ services }) => {
    const apps = expected.map(({ name }) => [name, `apps/${name}/dist/main.js`] as const);
    const programs = Object.entries(services).filter(([, { build }]) => build !== undefined);
    return [
      ...apps
        .filter(([name, program]) => services[name]?.command?.includes(program) !== true)
        .map(([name, program]) => `${name}: does not run ${program}`),
      ...apps.filter(([name]) => !(name in (services['proxy']?.depends_on ?? {}))).map(([name]) => `proxy: does not wait for ${name}`),
      ...programs.filter(([name]) => !expected.some((service) => service.name === name)).map(([name]) => `${name}: is no service`),
    ];
  };
