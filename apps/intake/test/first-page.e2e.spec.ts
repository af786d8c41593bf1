import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openMemory, systemEntropy } from '@onedoor/adapters';
import { createServer, ProductModule, ServiceModule } from '@onedoor/composition';
import { DEMO_PASSWORD, foundDemo } from '@onedoor/demo';
import type { Collection } from '@onedoor/engine';
import { REQUEST_STATUS, SubmissionDesk } from '@onedoor/intake';
import { Metrics, readConfig, SetUpRefused, WorkerRunner, type Config, type Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import { pino } from 'pino';
import { service } from '../src/composition.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

const data = openMemory();
const ports: Ports = {
  ...data,
  clock: new ManualClock(MONDAY),
  entropy: systemEntropy,
  alarm: () => undefined,
  dependencies: [],
  jurisdiction: 'riverbend.example',
};

/** The ports as the front has them where it is not to look at the views of other contexts. */
const read: string[] = [];
const noted = <Result>({ name }: Pick<Collection, 'name'>, answer: Result): Result => (read.push(name), answer);
const watched: Ports = {
  ...ports,
  readModels: {
    ...ports.readModels,
    get: (collection, ids) => noted(collection, ports.readModels.get(collection, ids)),
    find: (collection, query) => noted(collection, ports.readModels.find(collection, query)),
    scan: (collection) => noted(collection, ports.readModels.scan(collection)),
  },
};

const configOf = (demo: 'on' | 'off'): Config => readConfig({ ONEDOOR_DEMO: demo, ONEDOOR_RATE_LIMIT: 'off' }) as Config;

/** All contexts, which are other processes to the front. */
let product: INestApplicationContext;
const opened: NestFastifyApplication[] = [];

beforeAll(async () => {
  product = await NestFactory.createApplicationContext(ProductModule.of(ports, { open311Keys: [] }), {
    logger: false,
    abortOnError: false,
  });
  await foundDemo(product, ports, { cases: 0, onProgress: () => undefined });
  // The other contexts hear of the city before its first request.
  await product.get(WorkerRunner).settle();
  const place = { lat: 40.03, long: -71.61, address: null, addressId: null };
  const report = { serviceCode: 'pothole', channel: 'web', location: place, description: null, mediaUrl: null, contact: null } as const;
  const submitted = await product
    .get(SubmissionDesk)
    .submit(
      { ...report, language: 'en', department: null, source: null },
      { actor: { role: 'resident', id: 'web' }, caller: 'test', idempotencyKey: null, at: MONDAY, recordedAt: MONDAY },
    );
  expect(submitted.outcome).not.toBe('rejected');
  await product.get(WorkerRunner).bringUpToDate();
});

afterAll(async () => {
  for (const app of [...opened, product]) await app.close();
  await data.close();
});

async function front(demo: 'on' | 'off'): Promise<NestFastifyApplication> {
  const config = configOf(demo);
  const observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null };
  const module = ServiceModule.of(service, watched, config, observation);
  const app = await createServer(module, { ports: watched, config, observation, errorForms: service.errorForms });
  opened.push(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

async function page(demo: 'on' | 'off'): Promise<string> {
  const { statusCode, body } = await (await front(demo)).inject({ method: 'GET', url: '/' });
  expect(statusCode).toBe(200);
  return body;
}

describe('the first page of the front', () => {
  it('shows the latest requests with department, promise and status, as other contexts told of them', async () => {
    const html = await page('off');
    expect(html).toContain('<h1>Riverbend 311</h1>');
    expect(html).toContain('<td>Pothole</td><td>streets</td><td>Nov 27, 10:00 AM</td><td>open</td>');
    expect(html).not.toContain(DEMO_PASSWORD);
    expect(html).not.toContain('Who can sign in');
  });

  it('adds in a demonstration who can sign in and what to try, and nothing that routing or analytics keep', async () => {
    const html = await page('on');
    expect(html).toContain('Running with a demo city.');
    expect(html).toContain('Who can sign in');
    expect(html).toContain('-d api_key=');
    expect(html).toContain('Table of requests');
    for (const words of ['Table of departments', 'Table of cases', 'crew-7', '<form']) expect(html).not.toContain(words);
  });

  it('reads the view of requests alone', () => {
    expect(new Set(read)).toEqual(new Set([REQUEST_STATUS.collection.name]));
  });
});

it('the front does not start over the accounts of a demonstration, but in one', async () => {
  const prepare = async (demo: 'on' | 'off'): Promise<void> => service.prepare?.(await front(demo), watched, configOf(demo));
  await expect(prepare('off')).rejects.toThrow(SetUpRefused);
  await expect(prepare('off')).rejects.toThrow(/PASSWORD_PUBLISHED: .*administrator/);
  await prepare('on');
});
