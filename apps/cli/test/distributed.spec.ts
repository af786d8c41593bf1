import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmLog, startEventStoreDbDouble, startMongoDouble } from '@onedoor/testkit';
import { importRecords } from '../src/import/import-records.js';
import { cityInMemory, cityOnDoubles, documentsOf, sourceOf } from './city-on-doubles.js';
import { lineOf, madeUpRows, writeRecords } from './made-up-records.js';

const ROWS = 60;

describe('an import through the adapters of the distributed profile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-distributed-'));
  const alarms = new AlarmLog();
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves the same log and the same views as one in memory', async () => {
    const source = await sourceOf(
      writeRecords(
        join(folder, 'records.csv'),
        madeUpRows(ROWS).map((row) => lineOf(row)),
      ),
    );
    const [eventStoreDb, mongo] = [await startEventStoreDbDouble(), await startMongoDouble()];
    closing.push(
      () => eventStoreDb.close(),
      () => mongo.close(),
    );
    const [memory, doubles] = [cityInMemory(alarms.alarm), await cityOnDoubles(eventStoreDb, mongo, alarms.alarm)];
    closing.push(() => doubles.close());
    const done: number[] = [];

    const { summary: expected } = await importRecords(memory, source, () => undefined);
    expect((await importRecords(doubles, source, (records) => done.push(records))).summary).toEqual(expected);
    expect(expected).toMatchObject({ cases: ROWS });
    expect(done).toEqual([ROWS]);
    expect(await documentsOf(doubles)).toEqual(await documentsOf(memory));
    // Again, and nothing is added.
    const again = await importRecords(doubles, source, () => undefined);
    expect(again.summary).toEqual(expected);
    expect(again.report.document()).toMatchObject({ imported: 0, updated: 0, skipped: ROWS, until: '2026-03-02T12:00:00.000Z' });
    expect(alarms.entries).toEqual([]);
  });
});
