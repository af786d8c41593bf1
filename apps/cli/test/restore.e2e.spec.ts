import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { renewEventStoreDbIncarnation } from '@onedoor/adapters';
import { builtFromAnotherLog, openPorts, renewEngines, viewsOf, type OpenedPorts } from '@onedoor/composition';
import { hashCollection, type NewEvent, type RecordedEvent } from '@onedoor/engine';
import { ANOTHER_LOG } from '@onedoor/platform';
import { AlarmLog, readLog, startEventStoreDbDouble, startMongoDouble, type EventStoreDbDouble, type MongoDouble } from '@onedoor/testkit';
import { createConnection, type Connection } from 'mongoose';
import { importRecords } from '../src/import/import-records.js';
import type { LogSummary } from '../src/log-summary.js';
import { engineSettings } from '../src/open-engines.js';
import { cityInMemory, cityOnDoubles, documentsOf, sourceOf } from './city-on-doubles.js';
import { onedoorIn } from './command-line.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords } from './made-up-records.js';

const BEFORE_BACKUP = 8;
const ROWS = 16;
const LIMIT_MS = 120_000;

describe('a log that was put back to an earlier backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-restore-'));
  const at = (name: string): string => join(folder, name);
  const rows = madeUpRows(ROWS);
  const recordsOf = (name: string, count: number): string =>
    writeRecords(
      at(name),
      rows.slice(0, count).map((row) => lineOf(row)),
    );
  const [early, all] = [recordsOf('early.csv', BEFORE_BACKUP), recordsOf('all.csv', ROWS)];
  writeFileSync(at('agreements.csv'), AGREEMENTS);
  const alarms = new AlarmLog();
  let eventStoreDb: EventStoreDbDouble;
  let mongo: MongoDouble;
  let database: Connection;
  let engines: Readonly<Record<string, string>>;
  let lost: readonly RecordedEvent[];
  let expected: LogSummary;
  let expectedDocuments: ReadonlyMap<string, unknown>;

  /** Calls `act` with the city, opened through new connections. */
  async function onCity<Result>(act: (city: OpenedPorts) => Promise<Result>): Promise<Result> {
    const city = await cityOnDoubles(eventStoreDb, mongo, alarms.alarm);
    try {
      return await act(city);
    } finally {
      await city.close();
    }
  }

  /** A summary of all data: the number of events, the hashes of documents, and the checkpoints. */
  const kept = (): Promise<unknown> =>
    onCity(async ({ ports }) => {
      const hashes = [];
      for (const view of viewsOf(ports)) {
        for (const collection of view.collections) hashes.push(collection.name, await hashCollection(ports.readModels, collection));
      }
      return {
        events: eventStoreDb.eventCount,
        hashes,
        checkpoints: await database.collection('checkpoints').find().sort({ _id: 1 }).toArray(),
      };
    });

  const importAll = async (city: OpenedPorts): Promise<LogSummary> =>
    (await importRecords(city, await sourceOf(all), () => undefined)).summary;

  beforeEach(async () => {
    [eventStoreDb, mongo] = [await startEventStoreDbDouble(), await startMongoDouble()];
    database = await createConnection(mongo.url, { dbName: 'onedoor', autoCreate: false }).asPromise();
    // There is no Kafka: the refusals come before any call to it.
    engines = {
      ONEDOOR_PROFILE: 'distributed',
      EVENTSTORE_URL: eventStoreDb.connectionString,
      KAFKA_BROKERS: '127.0.0.1:1',
      MONGO_URL: mongo.url,
      ONEDOOR_SESSION_KEY: 'k'.repeat(32),
    };
    const source = await sourceOf(early);
    await onCity((city) => importRecords(city, source, () => undefined));
    const backedUp = eventStoreDb.eventCount;
    const { position } = await onCity(({ ports }) => readLog(ports.store));
    await onCity(importAll);
    lost = await onCity(async ({ ports }) => (await readLog(ports.store, { after: position })).events);
    eventStoreDb.rewind(eventStoreDb.eventCount - backedUp);
  }, LIMIT_MS);
  afterEach(async () => {
    await database.close();
    await eventStoreDb.close();
    await mongo.close();
  });
  beforeAll(async () => {
    const memory = cityInMemory(alarms.alarm);
    expected = await importAll(memory);
    expectedDocuments = await documentsOf(memory);
  }, LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Appends other events of the same sizes at the positions of the lost ones, as a city would that went on without renewing. */
  const growPast = (): Promise<void> =>
    onCity(async ({ ports }) => {
      for (const { stream, revision, position: _position, id, ...event } of lost) {
        const again: NewEvent = { ...event, id: `${id.startsWith('0000') ? '1111' : '0000'}${id.slice(4)}` };
        await ports.store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [again]);
      }
    });

  const REPLAY = ['replay', `boston-311:${rows[7]?.id}`];
  const COMMANDS: readonly (readonly string[])[] = [
    REPLAY,
    ['figures', '--from', '2011-07-01', '--to', '2011-07-31'],
    ['sla', 'compare', all],
    ['import', 'boston-311', all, '--agreements', at('agreements.csv')],
    ['rebuild'],
    ['demo', 'seed', '--cases', '1'],
    ['account', 'disable', 'chief'],
  ];

  it(
    'is refused by every command with what to do, and nothing is written',
    async () => {
      const before = await kept();
      const ended = await Promise.all(COMMANDS.map((words) => onedoorIn(engines, ...words)));
      expect(ended).toEqual(COMMANDS.map(() => ({ code: 1, stdout: '', stderr: `${ANOTHER_LOG}\n` })));
      expect(await kept()).toEqual(before);
    },
    LIMIT_MS,
  );

  it(
    'is refused by services with what to do, and nothing is written',
    async () => {
      const before = await kept();
      const said = await Promise.all(
        ['intake', 'audit'].map((service) => startService(service, { ...engines, PORT: '0', ONEDOOR_DATA: folder })),
      );
      expect(said).toEqual([1, 2].map(() => `OneDoor can not start:\n  ${ANOTHER_LOG}\n`));
      expect(await kept()).toEqual(before);
    },
    LIMIT_MS,
  );

  it(
    'is a problem in the report of doctor, which examines the rest too',
    async () => {
      const before = await kept();
      const { code, stdout, stderr } = await onedoorIn(engines, 'doctor', '--json');
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.not.stringMatching(/\n\s+at /) });
      const found = JSON.parse(stdout) as { readonly problems: readonly string[] };
      expect(found).toMatchObject({ ok: false, eventStoreDb: { error: null }, mongo: { error: null } });
      expect(found.problems).toEqual([expect.stringMatching(/^KAFKA_BROKERS: /), ANOTHER_LOG]);
      expect(await kept()).toEqual(before);
    },
    LIMIT_MS,
  );

  it(
    'is detected also after it has grown past the lost events',
    async () => {
      await growPast();
      expect(await isRefused()).toBe(true);
      expect(await onedoorIn(engines, ...REPLAY)).toEqual({ code: 1, stdout: '', stderr: `${ANOTHER_LOG}\n` });
    },
    LIMIT_MS,
  );

  it(
    'is detected by views without checkpoints',
    async () => {
      await database.dropCollection('checkpoints');
      expect(await onCity(({ ports }) => builtFromAnotherLog(ports))).not.toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'once renewed, imports the lost records again and ends with the same log and views',
    async () => {
      const { code, stdout } = await onedoorIn(engines, 'renew-incarnation');
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /^the log is called [0-9a-f]{12} from now on;.*\n.*\n {2}catalogue: 1 documents\n {2}checkpoints: \d+ documents\n/,
      );
      expect(stdout).toMatch(new RegExp(`\n {2}view_request_status_v\\d+_\\w+: ${ROWS} documents\n(.*\n)*the vault stays as it is\n$`));
      await expectWholeCity();
    },
    LIMIT_MS,
  );

  it(
    'is either refused or complete, at any step at which its renewal was interrupted',
    async () => {
      const events = eventStoreDb.eventCount;
      const stands = async (collection: string): Promise<boolean> =>
        (await database.db?.listCollections({ name: collection }).toArray())?.length === 1;
      const moments: readonly (() => Promise<boolean>)[] = [
        async () => eventStoreDb.eventCount > events,
        async () => !(await stands('catalogue')),
        async () => !(await stands('checkpoints')),
      ];
      const left = (): Promise<number> =>
        onCity(async (city) => (await documentsOf(city)).size + (await database.collection('checkpoints').estimatedDocumentCount()));
      const refused: boolean[] = [];
      for (const isReached of moments) {
        // Slow enough for the poll below to see each step before the next one.
        mongo.faults.delayMs = 100;
        const renewing = Promise.allSettled([renewEngines(engineSettings(engines))]);
        while (!(await isReached())) await pause(5);
        await mongo.stop();
        await renewing;
        await mongo.start();
        mongo.faults.delayMs = 0;
        refused.push(await isRefused());
        expect(refused.at(-1)).toBe((await left()) > 0);
      }
      // The result of the second interruption depends on timing.
      expect([refused.at(0), refused.at(-1)]).toEqual([true, false]);
      await expectWholeCity();
    },
    LIMIT_MS,
  );

  it(
    'is refused while only the log was renewed',
    async () => {
      await renewEventStoreDbIncarnation({ connectionString: eventStoreDb.connectionString });
      expect(await isRefused()).toBe(true);
    },
    LIMIT_MS,
  );

  it(
    'is not renewed while MongoDB is away',
    async () => {
      const events = eventStoreDb.eventCount;
      await expect(renewEngines(engineSettings({ ...engines, MONGO_URL: 'mongodb://127.0.0.1:1/' }))).rejects.toThrow(
        /^MONGO_URL: .*; nothing was changed$/,
      );
      expect(eventStoreDb.eventCount).toBe(events);
    },
    LIMIT_MS,
  );

  async function expectWholeCity(): Promise<void> {
    expect(await isRefused()).toBe(false);
    expect(await onCity(importAll)).toEqual(expected);
    expect(await onCity(documentsOf)).toEqual(expectedDocuments);
    expect(await isRefused()).toBe(false);
  }

  /** Whether opening the engines is refused because of another log. */
  async function isRefused(): Promise<boolean> {
    const opening = openPorts({ config: engineSettings(engines), client: 'spec', alarm: alarms.alarm, onFailure: () => undefined });
    const refusal: unknown = await opening.then(
      ({ close }) => close(),
      (error: unknown) => error,
    );
    if (refusal !== undefined) expect(refusal).toMatchObject({ name: 'Misconfigured', message: ANOTHER_LOG });
    return refusal !== undefined;
  }
});

/** Starts a compiled service that is expected to refuse to start; returns its standard error. */
async function startService(service: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `../../${service}/dist/main.js`)], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  return said;
}
