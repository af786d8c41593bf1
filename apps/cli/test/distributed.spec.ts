import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryEventBus, openEventStoreDb, openMemory, openMongo } from '@onedoor/adapters';
import { viewsOf, type OpenedPorts } from '@onedoor/composition';
import type { Ports } from '@onedoor/platform';
import { AlarmLog, ManualClock, startEventStoreDbDouble, startMongoDouble } from '@onedoor/testkit';
import { readAgreements } from '../src/boston/agreements-csv.js';
import type { CityFile } from '../src/boston/city-file.js';
import { importRecords } from '../src/boston/import-records.js';
import { survey } from '../src/boston/survey.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords } from './made-up-records.js';

const ROWS = 60;
const CITY = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/boston-2011.json'), 'utf8')) as CityFile;

describe('an import through the adapters of the distributed profile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-distributed-'));
  const alarms = new AlarmLog();
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const opened = (kept: Omit<Ports, 'clock' | 'entropy' | 'alarm' | 'jurisdiction'>): OpenedPorts => {
    const entropy = { hex: (length: number) => '7'.repeat(length * 2) };
    const ports = { ...kept, clock: new ManualClock('2026-03-02T12:00:00.000Z'), entropy, alarm: alarms.alarm, jurisdiction: CITY.jurisdiction };
    return { ports, incarnation: 'made-up', close: async () => undefined };
  };

  async function openDoubles(): Promise<OpenedPorts> {
    const [eventStoreDb, mongo] = [await startEventStoreDbDouble(), await startMongoDouble()];
    closing.push(() => eventStoreDb.close(), () => mongo.close());
    const log = await openEventStoreDb({ connectionString: eventStoreDb.connectionString });
    const views = await openMongo({ url: mongo.url });
    closing.push(() => log.close(), () => views.close());
    const { readModels, checkpoints, vault } = views;
    return opened({ store: log.store, readModels, checkpoints, vault, bus: new MemoryEventBus(), mailer: openMemory().mailer });
  }

  /** Positions differ from log to log, so of each document what it says is compared. */
  const saidBy = async ({ ports }: OpenedPorts): Promise<ReadonlyMap<string, unknown>> => {
    const said = new Map<string, unknown>();
    for (const collection of viewsOf(ports).flatMap((view) => view.collections)) {
      for await (const page of ports.readModels.scan(collection)) for (const { id, body } of page) said.set(`${collection.name} ${id}`, body);
    }
    return said;
  };

  it('leaves the same log and the same views as one in memory', async () => {
    const file = writeRecords(join(folder, 'records.csv'), madeUpRows(ROWS).map((row) => lineOf(row)));
    writeFileSync(join(folder, 'agreements.csv'), AGREEMENTS);
    const { agreed } = readAgreements(AGREEMENTS);
    const source = { file, city: CITY, agreed, surveyed: await survey(file, CITY.zone) };
    const [memory, doubles] = [opened(openMemory()), await openDoubles()];
    const done: number[] = [];

    const expected = await importRecords(memory, source, () => undefined);
    expect(await importRecords(doubles, source, (records) => done.push(records))).toEqual(expected);
    expect(expected).toMatchObject({ cases: ROWS });
    expect(done).toEqual([ROWS]);
    expect(await saidBy(doubles)).toEqual(await saidBy(memory));
    // Again, and nothing is added.
    expect(await importRecords(doubles, source, () => undefined)).toEqual(expected);
    expect(alarms.entries).toEqual([]);
  });
});
