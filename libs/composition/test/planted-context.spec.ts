import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MemoryReadModels, openMemory, systemEntropy } from '@onedoor/adapters';
import { replay } from '@onedoor/audit';
import type { EventBus, Position } from '@onedoor/engine';
import { dayNumberOf, makeReference, type Principal } from '@onedoor/kernel';
import { CommandGateway, Metrics, readConfig, WorkerRunner, type Config, type Context, type Ports } from '@onedoor/platform';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import { pino } from 'pino';
import { auditedStreamsOf } from '@onedoor/audit';
import { CONTEXTS, groupsOf, relayCheckpointsOf, topicsOf, viewsOf } from '../src/contexts.js';
import { productOpenApi } from '../src/product/product-open-api.js';
import { wholeProduct } from '../src/product/service-of.js';
import { createServer } from '../src/service/create-server.js';
import { proxyTable } from '../src/service/proxy-table.js';
import { ServiceModule } from '../src/service/service.module.js';
import { SERVICES } from '../src/services.js';
import { LANTERN_COMMANDS, LANTERNS, LANTERNS_TOPIC } from './lanterns.js';

/** What doctor looks at. Loaded by path, because no workspace depends on an app. */
const cli = '../../../apps/cli/src/inspect-views.js';
const { inspectViews } = (await import(cli)) as {
  inspectViews(
    data: object,
    contexts: readonly Context[],
  ): Promise<{
    readonly projections: readonly { readonly projection: string; readonly isBehind: boolean }[];
    readonly parked: readonly { readonly group: string; readonly messages: number }[];
  }>;
};

const NOON = '2026-03-02T12:00:00.000Z';
const REFERENCE = makeReference(dayNumberOf('2026-03-02') ?? 0, 7);
const ROUTER: Principal = { kind: 'account', id: 'someone', role: 'router', department: null };
const CONTEXTS_AND_ONE = [...CONTEXTS, LANTERNS];
const { signal } = new AbortController();

/** The city with one context more, after one command to it. */
const OPERATOR = 'operator'.repeat(8);

describe('a context that is planted beside the others', () => {
  const data = openMemory();
  const ports: Ports = {
    ...data,
    clock: new ManualClock(NOON),
    entropy: systemEntropy,
    alarm: new AlarmLog().alarm,
    dependencies: [],
    jurisdiction: 'riverbend.example',
  };
  const toldTopics: string[] = [];
  const bus: EventBus = {
    declare: (topics) => data.bus.declare(topics),
    consume: (options) => data.bus.consume(options),
    waiting: (group, topics) => data.bus.waiting(group, topics),
    publish: (messages) => (toldTopics.push(...messages.map(({ topic }) => topic)), data.bus.publish(messages)),
  };
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const config = readConfig({ ONEDOOR_DEMO: 'on', ONEDOOR_DEMO_DRIP_SECONDS: '0', ONEDOOR_OPERATOR_TOKEN: OPERATOR }) as Config;
    const observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null };
    const product = wholeProduct(CONTEXTS_AND_ONE);
    const module = ServiceModule.of(product, { ...ports, bus }, config, observation);
    app = await createServer(module, { ports, config, observation, errorForms: product.errorForms });
    await app.init();
    const call = { id: REFERENCE, principal: ROUTER, edition: null, idempotencyKey: null, traceparent: null };
    expect(await app.get(CommandGateway).ask(LANTERN_COMMANDS, 'light', {}, call)).toMatchObject({ outcome: 'done' });
    await app.get(WorkerRunner).bringUpToDate();
  });

  afterAll(async () => {
    await app.close();
    await data.close();
  });

  it('has its workers: a projector, a relay, a consumer and a ticker of its own', () => {
    const workers = app.get(WorkerRunner).all();
    expect(workers.map(({ name, kind }) => ({ name, kind }))).toEqual(
      expect.arrayContaining([
        { name: 'lanterns_lit', kind: 'projector' },
        { name: 'lanterns relay', kind: 'relay' },
        { name: 'lanterns consumer', kind: 'consumer' },
        { name: 'lamplighter', kind: 'ticker' },
      ]),
    );
  });

  it('has its topic, which its relay tells on, and its consumer group', () => {
    expect(topicsOf(CONTEXTS_AND_ONE)).toEqual([...topicsOf(CONTEXTS), LANTERNS_TOPIC]);
    expect(toldTopics).toEqual([LANTERNS_TOPIC]);
    expect(groupsOf(CONTEXTS_AND_ONE)).toEqual([...groupsOf(CONTEXTS), { group: 'lanterns', topics: ['onedoor.routing'] }]);
  });

  it('has its checkpoints, which have moved', async () => {
    const own = (contexts: readonly Context[]): readonly string[] => [
      ...viewsOf(ports, contexts).map(({ checkpoint }) => checkpoint),
      ...relayCheckpointsOf(contexts),
    ];
    const planted = own(CONTEXTS_AND_ONE).filter((checkpoint) => !own(CONTEXTS).includes(checkpoint));
    expect(planted).toHaveLength(2);
    const stand = await Promise.all(planted.map((checkpoint) => data.checkpoints.load(checkpoint)));
    expect(stand).toEqual([expect.any(String), expect.any(String)] satisfies readonly Position[]);
  });

  it('is among what doctor finds', async () => {
    const { projections, parked } = await inspectViews({ ...ports, close: async () => undefined }, CONTEXTS_AND_ONE);
    expect(projections).toContainEqual({ projection: 'lanterns_lit', isBehind: false });
    expect(parked).toContainEqual({ group: 'lanterns', messages: 0, keys: 0, since: null, reasons: [] });
  });

  it('is replayed to auditors, in its own words', async () => {
    const streams = auditedStreamsOf(CONTEXTS_AND_ONE);
    expect(streams.map(({ category }) => category)).toContain('lantern');
    const story = await replay(ports, streams, REFERENCE, null);
    expect(story?.timeline.map(({ stream, summary }) => [stream, summary])).toEqual([[`lantern-${REFERENCE}`, 'The lantern was lit']]);
    expect(story?.states['lantern']).toEqual({ lit: 1 });
  });

  it('is rebuilt with the other read models', async () => {
    const view = viewsOf(ports, CONTEXTS_AND_ONE).find(({ collections }) => collections.some(({ name }) => name === 'lanterns_lit'));
    expect(await view?.buildInto(new MemoryReadModels(), signal)).toMatchObject({ events: 1 });
  });

  it('has its labels among the figures', async () => {
    const { body } = await app.inject({ method: 'GET', url: '/metrics', headers: { authorization: `Bearer ${OPERATOR}` } });
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'onedoor_commands_total{aggregate="lantern",command="LightLantern",outcome="done"} 1',
        'onedoor_lag_seconds{worker="lanterns_lit"} 0',
        'onedoor_lag_seconds{worker="lanterns relay"} 0',
        'onedoor_parked_keys{worker="lanterns consumer"} 0',
      ]),
    );
  });

  it('answers by the routes of its reads and of its commands, as the description says', async () => {
    const colours = await app.inject({ method: 'GET', url: '/api/v1/lanterns/colours' });
    expect([colours.statusCode, colours.json()]).toEqual([200, ['yellow']]);
    const refused = await app.inject({ method: 'POST', url: `/api/v1/lanterns/${REFERENCE}/light` });
    expect(refused.statusCode).toBe(401);
    const { paths } = (await productOpenApi(CONTEXTS_AND_ONE)) as { readonly paths: Readonly<Record<string, object>> };
    expect(paths['/api/v1/lanterns/colours']).toMatchObject({ get: { summary: 'The colours there are' } });
    expect(paths['/api/v1/lanterns/{reference}/light']).toMatchObject({ post: { summary: 'Light the lantern', 'x-roles': ['router'] } });
  });

  it('has its way through the proxy, once a process holds it', () => {
    const { rows, serviceFor, nginx } = proxyTable([...SERVICES, { name: 'lanterns', contexts: [LANTERNS] }]);
    expect(rows).toEqual([...proxyTable(SERVICES).rows, { prefix: '/api/v1/lanterns', service: 'lanterns' }]);
    expect(serviceFor(`/api/v1/lanterns/${REFERENCE}/light`)).toBe('lanterns');
    expect(nginx.split('\n')).toContain('~^/api/v1/lanterns(?:/|$) lanterns;');
  });
});
