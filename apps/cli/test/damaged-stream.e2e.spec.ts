import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { AlarmLog, readLog, startEventStoreDbDouble, startMongoDouble } from '@onedoor/testkit';
import { importRecords } from '../src/import/import-records.js';
import { cityOnDoubles, sourceOf } from './city-on-doubles.js';
import { onedoorIn } from './command-line.js';
import { lineOf, madeUpRows, writeRecords } from './made-up-records.js';

describe('a stream that was truncated on the server', () => {
  it('is named by a command that needs it, with what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onedoor-damaged-'));
    const [eventStoreDb, mongo] = [await startEventStoreDbDouble(), await startMongoDouble()];
    const city = await cityOnDoubles(eventStoreDb, mongo, new AlarmLog().alarm);
    const rows = madeUpRows(1);
    await importRecords(
      city,
      await sourceOf(
        writeRecords(
          join(folder, 'records.csv'),
          rows.map((row) => lineOf(row)),
        ),
      ),
      () => undefined,
    );
    const { events } = await readLog(city.ports.store);
    const stream = events.find(({ stream: name }) => name.startsWith('case-'))?.stream ?? '';
    await city.close();
    const administrator = EventStoreDBClient.connectionString(eventStoreDb.connectionString);
    await administrator.setStreamMetadata(stream, { truncateBefore: 2 });
    await administrator.dispose();
    const engines = {
      ONEDOOR_PROFILE: 'distributed',
      EVENTSTORE_URL: eventStoreDb.connectionString,
      KAFKA_BROKERS: '127.0.0.1:1',
      MONGO_URL: mongo.url,
      ONEDOOR_SESSION_KEY: 'k'.repeat(32),
    };
    const lacks = `The stream ${stream} lacks revisions 0 to 1: others truncated it, deleted it or wrote to it`;
    const stderr = `${lacks}; restore the latest backup\n`;
    expect(await onedoorIn(engines, 'replay', `boston-311:${rows[0]?.id}`)).toEqual({ code: 1, stdout: '', stderr });
    await eventStoreDb.close();
    await mongo.close();
    rmSync(folder, { recursive: true });
  });
});
