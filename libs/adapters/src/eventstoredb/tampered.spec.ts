import { EventStoreDBClient } from '@eventstore/db-client';
import { DamagedStream } from '@onedoor/engine';
import { type EventStoreDbDouble, sampleEvent, sampleEvents, startEventStoreDbDouble } from '@onedoor/testkit';
import { examineEventStoreDb } from './inspect.js';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

const STREAM = 'note-1';
const EVENTS = 6;

/** What an account with too many rights can do to a stream of six events, and what it lacks then. */
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

  it('never touched is whole, and one that never was is empty', async () => {
    expect(await log.store.read(STREAM, 0, 100)).toHaveLength(EVENTS);
    expect(await log.store.read('note-9', 0, 100)).toEqual([]);
    expect(await log.store.read('note-9', 4, 100)).toEqual([]);
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
