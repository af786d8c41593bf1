import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { DamagedStream } from '@onedoor/engine';
import { type EventStoreDbDouble, sampleEvent, sampleEvents, startEventStoreDbDouble } from '@onedoor/testkit';
import { examineEventStoreDb } from './entry.js';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

const STREAM = 'note-1';
const EVENTS = 6;

/** What an account with too many rights can do to a stream of six events, and which events the stream lacks then. */
const DEEDS: readonly (readonly [name: string, deed: (client: EventStoreDBClient) => Promise<unknown>, lacks: string])[] = [
  ['truncated', (client) => client.setStreamMetadata(STREAM, { truncateBefore: 2 }), 'revisions 0 to 1'],
  ['cut to its last events', (client) => client.setStreamMetadata(STREAM, { maxCount: 1 }), 'revisions 0 to 4'],
  ['truncated behind its end', (client) => client.setStreamMetadata(STREAM, { truncateBefore: 9 }), 'all its events'],
  ['deleted', (client) => client.deleteStream(STREAM), 'all its events'],
  ['ended for ever', (client) => client.tombstoneStream(STREAM), 'all its events'],
];

describe('a stream of EventStoreDB that others have', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await startEventStoreDbDouble();
    log = await openEventStoreDb({ connectionString: double.connectionString });
    client = EventStoreDBClient.connectionString(double.connectionString);
    await log.store.append(STREAM, 'no-stream', sampleEvents('e', EVENTS));
    await log.store.append('note-2', 'no-stream', sampleEvents('whole', 3));
  });
  afterEach(async () => {
    await client.dispose();
    await log.close();
    await double.close();
  });

  it.each(DEEDS)('%s is named by reads and by doctor, with what it lacks', async (_name, deed, lacks) => {
    await deed(client);
    const damaged = new DamagedStream(STREAM, lacks);
    await expect(log.store.read(STREAM, 0, 100)).rejects.toEqual(damaged);
    await expect(log.store.read(STREAM, 0, 1)).rejects.toThrow(DamagedStream);
    expect(await log.store.read('note-2', 0, 100)).toHaveLength(3);
    expect((await examineEventStoreDb({ connectionString: double.connectionString })).damaged).toEqual([{ stream: STREAM, lacks }]);
  });

  it.each(DEEDS)('%s never answers a repetition with the place of another event', async (_name, deed) => {
    await deed(client);
    await expect(log.store.append(STREAM, 'no-stream', sampleEvents('e', 1))).rejects.toThrow(DamagedStream);
  });

  it.each([DEEDS[3], DEEDS[4]].flatMap((each) => (each ? [each] : [])))('%s takes nothing as if it were new', async (_name, deed) => {
    await deed(client);
    await expect(log.store.append(STREAM, 'no-stream', [sampleEvent('another')])).rejects.toThrow(DamagedStream);
    await expect(log.store.read(STREAM, 0, 100)).rejects.toThrow(DamagedStream);
  });

  it.each(DEEDS.slice(1))('%s between two reads does not seem to end where the first read did', async (_name, deed) => {
    expect(await log.store.read(STREAM, 0, EVENTS / 2)).toHaveLength(EVENTS / 2);
    await deed(client);
    await expect(log.store.read(STREAM, EVENTS / 2, 100)).rejects.toThrow(DamagedStream);
  });

  it.each(DEEDS.slice(2))('%s does not seem to have nothing new', async (_name, deed) => {
    await deed(client);
    await expect(log.store.read(STREAM, EVENTS, 100)).rejects.toThrow(DamagedStream);
  });

  it('rewritten is named by doctor: an event that is not as it was written, and one that stands behind another than it did', async () => {
    const examined = async () => (await examineEventStoreDb({ connectionString: double.connectionString })).damaged;
    await log.store.append(STREAM, EVENTS - 1, [sampleEvent('later')]);
    await log.store.append('note-2', 2, [sampleEvent('later too')]);
    expect(await examined()).toEqual([]);
    const copied: { type: string; data: unknown; metadata: unknown }[] = [];
    for await (const { event } of client.readStream('note-2')) if (event) copied.push(event as (typeof copied)[number]);
    const written = (data: unknown, index: number) => ({ ...copied[index], id: randomUUID(), contentType: 'application/json', data });
    await client.appendToStream('note-3', [written({ note: 'another' }, 0), written(copied[1]?.data, 1)] as never);
    expect(await examined()).toEqual([
      { stream: 'note-3', lacks: 'revision 0' },
      { stream: 'note-3', lacks: 'revision 1' },
    ]);
  });

  it('written to by a release before is gone on with', async () => {
    const unproven = { ...jsonEvent({ type: 'Noted', data: {}, metadata: { v: 1, recordedAt: '', $correlationId: 'c' } }) };
    await client.appendToStream(STREAM, unproven);
    expect(await log.store.append(STREAM, EVENTS, [sampleEvent('after')])).toMatchObject({ outcome: 'appended' });
    expect((await examineEventStoreDb({ connectionString: double.connectionString })).damaged).toEqual([]);
  });

  it('deleted and written to again is not gone on with', async () => {
    await client.deleteStream(STREAM);
    await client.appendToStream(STREAM, jsonEvent({ type: 'Noted', data: {} }));
    await expect(log.store.read(STREAM, EVENTS, 100)).rejects.toThrow(DamagedStream);
  });

  it('written to is not read as if it ended before', async () => {
    await client.appendToStream(STREAM, jsonEvent({ type: 'Noted', data: {} }));
    await expect(log.store.read(STREAM, 0, 100)).rejects.toEqual(new DamagedStream(STREAM, `revision ${EVENTS}`));
    await expect(log.store.read(STREAM, EVENTS, 1)).rejects.toThrow(DamagedStream);
    expect(await log.store.read(STREAM, 0, EVENTS)).toHaveLength(EVENTS);
  });

  it('gave rights of its own before anything was written to it is empty', async () => {
    await client.setStreamMetadata('note-9', { maxCount: 100 });
    expect(await log.store.read('note-9', 0, 100)).toEqual([]);
    expect((await examineEventStoreDb({ connectionString: double.connectionString })).damaged).toEqual([]);
  });

  it('cut is found among any number of streams of others', async () => {
    for (let other = 0; other < 1_100; other++) await client.setStreamMetadata(`others${other}`, { maxCount: 100 });
    await client.setStreamMetadata(STREAM, { truncateBefore: 2 });
    expect((await examineEventStoreDb({ connectionString: double.connectionString })).damaged).toEqual([
      { stream: STREAM, lacks: 'revisions 0 to 1' },
    ]);
  });

  it('never touched is whole, and one that never was is empty', async () => {
    expect(await log.store.read(STREAM, 0, 100)).toHaveLength(EVENTS);
    expect(await log.store.read('note-9', 0, 100)).toEqual([]);
    expect(await log.store.read('note-9', 4, 100)).toEqual([]);
    for (const from of [EVENTS - 1, EVENTS, EVENTS + 1, 1_000])
      expect(await log.store.read(STREAM, from, 100)).toHaveLength(Math.max(0, EVENTS - from));
    await client.setStreamMetadata(STREAM, { maxCount: 100 });
    expect(await log.store.read(STREAM, 0, 100)).toHaveLength(EVENTS);
    expect((await examineEventStoreDb({ connectionString: double.connectionString })).damaged).toEqual([]);
  });

  it('truncated takes what comes behind, and still tells that it is not whole', async () => {
    await client.setStreamMetadata(STREAM, { truncateBefore: 2 });
    expect(await log.store.append(STREAM, EVENTS - 1, [sampleEvent('next')])).toMatchObject({ outcome: 'appended', revision: EVENTS });
    expect((await log.store.read(STREAM, EVENTS, 100)).map(({ id }) => id)).toEqual(['next']);
    await expect(log.store.read(STREAM, 0, 100)).rejects.toThrow('lacks revisions 0 to 1');
  });
});
