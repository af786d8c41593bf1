import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { checkpointOf, type EventStore, placeIn, type Projection, Projector, Unavailable, VoidPosition } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import {
  AlarmLog,
  type EventStoreDbDouble,
  HastyClock,
  readLog,
  sampleEvent,
  sampleEvents,
  startEventStoreDbDouble,
  until,
} from '@onedoor/testkit';
import { openMemory } from '../memory/open.js';
import { openEventStoreDb, renewIncarnation } from './open.js';
import type { EventStoreDbLog } from './options.js';

/** How many events each stream has. */
const NOTES: Projection = {
  collection: { name: 'note-counts', version: 1, indexes: [] },
  categories: ['note'],
  handles: ['Noted'],
  shapes: { Noted: { v: 1 } },
  keys: ({ stream }) => [stream],
  evolve: (before) => ({ count: ((before as { readonly count: number } | null)?.count ?? 0) + 1 }),
};

/** Follows until it fails. */
async function readLogOn(store: EventStore): Promise<void> {
  for await (const _next of store.subscribe({ after: null, signal: new AbortController().signal }));
}

describe('a place in EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  let store: EventStore;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await startEventStoreDbDouble();
    log = await openEventStoreDb({ connectionString: double.connectionString });
    store = log.store;
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await log.close();
    await double.close();
  });
  const ids = async (after: string | null = null) => (await readLog(store, { after })).events.map(({ id }) => id);

  it('passes over nothing when its event was scavenged since', async () => {
    await store.append('note-1', 'no-stream', sampleEvents('gone', 2));
    const position = (await readLog(store)).events[0]?.position ?? null;
    await store.append('note-2', 'no-stream', sampleEvents('stays', 2));
    await client.deleteStream('note-1');
    double.scavenge('note-1');
    expect(await ids(position)).toEqual(['gone.1', 'stays.0', 'stays.1']);
  });

  it('that the log no longer reaches, because an older state was put back meanwhile, is not waited at', async () => {
    await store.append('note-1', 'no-stream', sampleEvents('kept', 2));
    await store.append('note-2', 'no-stream', sampleEvents('lost', 2));
    const following = readLogOn(store);
    await until(() => double.openSubscriptions === 1);
    double.rewind(2);
    await expect(following).rejects.toThrow(Unavailable);
  });

  it('is void after a restore, once its incarnation was renewed', async () => {
    await store.append('note-1', 'no-stream', sampleEvents('kept', 2));
    const kept = await store.head();
    await store.append('note-2', 'no-stream', sampleEvents('lost', 2));
    await log.close();
    double.rewind(2);
    const renewed = await renewIncarnation({ connectionString: double.connectionString });
    log = await openEventStoreDb({ connectionString: double.connectionString });
    store = log.store;
    expect(log.incarnation).toBe(renewed);
    await store.append('note-3', 'no-stream', sampleEvents('after', 3));
    await expect(ids(kept)).rejects.toThrow(VoidPosition);
    expect(await ids()).toEqual(['kept.0', 'kept.1', 'after.0', 'after.1', 'after.2']);
    expect(await store.head()).toBe((await readLog(store)).position);
  });

  it('stored by an earlier release, which named no event, is gone on from, and nothing is handled twice', async () => {
    await store.append('note-1', 'no-stream', sampleEvents('before', 3));
    const ports = { ...openMemory(), store, clock: new HastyClock('2026-03-01T08:00:00Z' as Instant), alarm: new AlarmLog().alarm };
    const run = () => new Projector(NOTES, ports).run({ signal: new AbortController().signal, untilCaughtUp: true });
    const withoutEvent = (position: string | null): string => placeIn(position ?? '');
    await ports.readModels.apply(NOTES.collection, [{ id: 'note-1', position: withoutEvent(await store.head()), body: { count: 3 } }]);
    await ports.checkpoints.advance(checkpointOf(NOTES), null, withoutEvent((await readLog(store)).events[0]?.position ?? null));
    await run();
    await ports.checkpoints.advance(
      checkpointOf(NOTES),
      await ports.checkpoints.load(checkpointOf(NOTES)),
      withoutEvent(await store.head()),
    );
    await run();
    expect(await ports.readModels.get(NOTES.collection, ['note-1'])).toMatchObject([{ body: { count: 3 } }]);
    await store.append('note-1', 2, sampleEvents('after', 2));
    await run();
    expect(await ports.readModels.get(NOTES.collection, ['note-1'])).toMatchObject([{ body: { count: 5 } }]);
  });

  it('is of one incarnation for all who open the log at once, and still after a restart', async () => {
    const fresh = await startEventStoreDbDouble();
    const logs = await Promise.all(Array.from({ length: 5 }, () => openEventStoreDb({ connectionString: fresh.connectionString })));
    await fresh.restart();
    logs.push(await openEventStoreDb({ connectionString: fresh.connectionString }));
    expect(new Set(logs.map(({ incarnation }) => incarnation)).size).toBe(1);
    await Promise.all(logs.map((each) => each.close()));
    await fresh.close();
  });

  it('shows neither the server’s events nor a stranger’s, nor the end of a deleted stream', async () => {
    await client.appendToStream('note-9', jsonEvent({ type: 'Strange', data: {} }));
    await client.setStreamMetadata('note-9', { maxCount: 7 });
    await store.append('note-1', 'no-stream', [sampleEvent('e')]);
    const head = await store.head();
    await client.tombstoneStream('note-9');
    await client.setStreamMetadata('note-8', { maxCount: 7 });
    expect(await readLog(store)).toMatchObject({ events: [{ id: 'e' }], position: head });
    expect(await store.head()).toBe(head);
  });
});
