import { openMemory, systemClock, systemEntropy } from '@onedoor/adapters';
import { createServer, proxyTable, SERVICES, ServiceModule, WHOLE_PRODUCT, type Service } from '@onedoor/composition';
import { Metrics, readConfig, routesOf, type Config, type Ports } from '@onedoor/platform';
import { pino } from 'pino';
import { SERVICE_NAMES } from '../src/cluster/cluster.js';

const config = readConfig({ ONEDOOR_RATE_LIMIT: 'off' }) as Config;
const OBSERVED = ['GET /healthz', 'GET /readyz', 'GET /metrics'];

async function serviceOf(name: string): Promise<Service> {
  // Loaded by path, because no workspace depends on an app.
  const { service } = (await import(`../../${name}/src/composition.ts`)) as { readonly service: Service };
  return service;
}

async function routes(service: Service): Promise<ReturnType<typeof routesOf>> {
  const ports: Ports = {
    ...openMemory(),
    clock: systemClock,
    entropy: systemEntropy,
    alarm: () => undefined,
    dependencies: [],
    jurisdiction: 'city',
  };
  const observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null };
  const app = await createServer(ServiceModule.of(service, ports, config, observation), {
    ports,
    config,
    observation,
    errorForms: service.errorForms,
  });
  await app.init();
  const found = routesOf(app);
  await app.close();
  return found;
}

const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`;

describe('the services as separate processes', () => {
  it.each(SERVICE_NAMES)('%s has an access rule for every route, and serves its health', async (name) => {
    const found = await routes(await serviceOf(name));
    expect(found.filter(({ rule }) => rule === null)).toEqual([]);
    expect(found.map(nameOf)).toEqual(expect.arrayContaining(OBSERVED));
  });

  it('have together the routes of the whole product, each in one of them alone, and with the same rule', async () => {
    const whole = (await routes(WHOLE_PRODUCT)).filter((route) => !OBSERVED.includes(nameOf(route)));
    const parts = (await Promise.all(SERVICE_NAMES.map(async (name) => routes(await serviceOf(name)))))
      .flat()
      .filter((route) => !OBSERVED.includes(nameOf(route)));
    const listed = (found: typeof whole) => found.map((route) => `${nameOf(route)} ${JSON.stringify(route.rule)}`).sort();
    expect(listed(parts)).toEqual(listed(whole));
  });

  const { serviceFor } = proxyTable(SERVICES);

  it.each(SERVICE_NAMES)('%s answers only paths that the proxy leads to it', async (name) => {
    const own = (await routes(await serviceOf(name))).filter((route) => !OBSERVED.includes(nameOf(route))).map(({ path }) => path);
    expect(own.filter((path) => serviceFor(path) !== name)).toEqual([]);
  });
});
