import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStoreDb, openMemory, openMongo, openSmtp, openSqlite, systemEntropy } from '@onedoor/adapters';
import { createServer, ServiceModule, WHOLE_PRODUCT } from '@onedoor/composition';
import { Metrics, readConfig, WorkerRunner, type Config, type Ports } from '@onedoor/platform';
import { startEventStoreDbDouble, startMongoDouble, startSmtpDouble } from '@onedoor/testkit';
import { pino } from 'pino';
import { foundOn } from '../../src/cluster/found-trial-city.js';
import { trialCity } from '../../src/cluster/trial-city.js';
import { OPERATOR_TOKEN } from '../../src/server-process.js';
import { MovableClock } from './movable-clock.js';
import { STORY_KEY, TARGET_MINUTES, type StoryCity } from './story-city.js';

type Data = Pick<Ports, 'store' | 'bus' | 'readModels' | 'checkpoints' | 'vault'>;

/** The stores that a city of one process can run on. */
export const DATA = { sqlite, doubles } as const;

/** The city with its internals, which HTTP does not show. */
export interface CityInOneProcess extends StoryCity {
  readonly ports: Ports;
  /** All log lines and alarms. */
  readonly noticed: readonly string[];
}

/** All contexts and their workers in one process, on a clock that can be moved forward. */
export async function cityInOneProcess(open: () => Promise<Data & { close(): Promise<void> }>): Promise<CityInOneProcess> {
  const data = await open();
  const clock = new MovableClock();
  const smtp = await startSmtpDouble();
  const mailer = openSmtp({ url: smtp.url, from: '311@trialville.example' });
  const noticed: string[] = [];
  const ports: Ports = {
    ...data,
    mailer,
    clock,
    entropy: systemEntropy,
    dependencies: [],
    jurisdiction: 'trialville.example',
    alarm: (message, details) => void noticed.push(`${message} ${JSON.stringify(details)}`),
  };
  const bearers = await foundOn(trialCity(TARGET_MINUTES), ports);
  const config = readConfig({
    ONEDOOR_OPEN311_KEYS: STORY_KEY,
    ONEDOOR_RATE_LIMIT: 'off',
    ONEDOOR_OPERATOR_TOKEN: OPERATOR_TOKEN,
  }) as Config;
  const observation = {
    log: pino({ level: 'debug' }, { write: (line: string) => void noticed.push(line) }),
    metrics: new Metrics(),
    tracing: null,
  };
  const app = await createServer(ServiceModule.of(WHOLE_PRODUCT, ports, config, observation), {
    ports,
    config,
    observation,
    errorForms: WHOLE_PRODUCT.errorForms,
  });
  await app.listen(0, '127.0.0.1');
  app.get(WorkerRunner).start();
  const { port } = app.getHttpServer().address() as { readonly port: number };
  return {
    urlOf: (path) => `http://127.0.0.1:${port}${path}`,
    bearers,
    mail: smtp.received,
    ports,
    noticed,
    pass: async (minutes) => clock.forward(minutes),
    async close() {
      await app.close();
      await mailer.close();
      await smtp.stop();
      await data.close();
    },
  };
}

async function sqlite(): Promise<Data & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-stories-'));
  const data = await openSqlite(folder);
  return { ...data, close: () => data.close().then(() => rmSync(folder, { recursive: true, force: true })) };
}

/** The clients of the distributed profile on doubles of their servers, with the in-memory bus. */
async function doubles(): Promise<Data & { close(): Promise<void> }> {
  const eventStoreDouble = await startEventStoreDbDouble();
  const mongoDouble = await startMongoDouble();
  const log = await openEventStoreDb({ connectionString: eventStoreDouble.connectionString });
  const { readModels, checkpoints, vault, close } = await openMongo({ url: mongoDouble.url });
  const { bus } = openMemory();
  return {
    store: log.store,
    bus,
    readModels,
    checkpoints,
    vault,
    async close() {
      bus.close();
      await log.close();
      await close();
      await eventStoreDouble.close();
      await mongoDouble.close();
    },
  };
}
