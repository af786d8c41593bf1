import type { EventStore } from '@onedoor/engine';
import { Unavailable } from '@onedoor/engine';
import {
  type EventStoreDbCluster,
  type EventStoreDbDouble,
  readLog,
  sampleEvent,
  sampleEvents,
  startEventStoreDbCluster,
  startEventStoreDbDouble,
  until,
} from '@onedoor/testkit';
import { startPreparedDouble } from '../../test/prepared-double.js';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

const WRITERS = 6;
const EVENTS_PER_WRITER = 40;
const BROKEN_OFF = 200;

interface UnderFaults {
  readonly double: EventStoreDbDouble | EventStoreDbCluster;
  readonly connectionString: string;
  /** Stops and restarts the server, or the node that leads. */
  restart(): Promise<void>;
}

const single = (double: EventStoreDbDouble): UnderFaults => ({
  double,
  connectionString: double.connectionString,
  restart: () => double.restart(),
});

async function restartLeader(cluster: EventStoreDbCluster): Promise<void> {
  await until(() => cluster.leader !== null);
  const fallen = cluster.leader ?? 0;
  await cluster.kill(fallen);
  await until(() => cluster.leader !== fallen);
  await cluster.start(fallen);
}

const WAYS: readonly (readonly [name: string, start: (options: { readonly liveBuffer?: number }) => Promise<UnderFaults>])[] = [
  ['EventStoreDB', async (options) => single(await startEventStoreDbDouble(options))],
  [
    'EventStoreDB with TLS, as the least account,',
    async (options) => {
      const { double, connectionString } = await startPreparedDouble(options);
      return { ...single(double), connectionString };
    },
  ],
  [
    'a cluster of EventStoreDB',
    async (options) => {
      const cluster = await startEventStoreDbCluster({ ...options, failureNoticedMs: 100, electionMs: 200 });
      return { double: cluster, connectionString: cluster.connectionString, restart: () => restartLeader(cluster) };
    },
  ],
];

describe.each(WAYS)('%s while things go wrong', (_name, startServer) => {
  let double: UnderFaults['double'];
  let restart: () => Promise<void>;
  let log: EventStoreDbLog;
  let store: EventStore;
  const start = async (liveBuffer?: number): Promise<void> => {
    const server = await startServer(liveBuffer === undefined ? {} : { liveBuffer });
    ({ double, restart } = server);
    log = await openEventStoreDb({ connectionString: server.connectionString, deadlineMs: 1_000 });
    store = log.store;
  };
  beforeEach(() => start());
  afterEach(async () => {
    await log.close();
    await double.close();
  });

  describe.each(['unavailable', 'timeout', 'cancelled', 'deadline', 'unknown', 'not-leader', 'hang'] as const)(
    'an append that fails as %s',
    (failure) => {
      it.each([
        ['before it wrote', undefined],
        ['after it wrote', 'write'],
      ] as const)('%s happens exactly once', async (_when, after) => {
        await store.append('note-1', 'no-stream', sampleEvents('first', 2));
        double.inject({ call: 'append', failure, ...(after && { after }) });
        const answer = await store.append('note-1', 1, sampleEvents('second', 3));
        const events = await store.read('note-1', 0, 100);
        expect(events.map(({ id }) => id)).toEqual(['first.0', 'first.1', 'second.0', 'second.1', 'second.2']);
        expect(answer).toEqual({ outcome: 'appended', revision: 4, position: events.at(-1)?.position });
      });
    },
  );

  it('is a conflict where another append came between a failure and its repetition', async () => {
    double.inject({ call: 'append', failure: 'timeout', stream: (name) => name === 'note-1' });
    const [mine, theirs] = await Promise.all([
      store.append('note-1', 'no-stream', [sampleEvent('mine')]),
      store.append('note-1', 'no-stream', [sampleEvent('theirs')]),
    ]);
    expect([mine.outcome, theirs.outcome].sort()).toEqual(['appended', 'conflict']);
    expect(await store.read('note-1', 0, 10)).toHaveLength(1);
  });

  it('is unavailable when the failure does not end, and works again when it has', async () => {
    double.inject({ call: 'append', failure: 'unknown', times: 1_000 });
    double.inject({ call: 'read', failure: 'unknown', times: 1_000 });
    await expect(store.append('note-1', 'no-stream', [sampleEvent('e')])).rejects.toThrow(Unavailable);
    await expect(store.read('note-1', 0, 10)).rejects.toThrow(Unavailable);
    await expect(store.head()).rejects.toThrow(Unavailable);
    await expect(readLog(store)).rejects.toThrow(Unavailable);
    double.clearFaults();
    expect(await store.append('note-1', 'no-stream', [sampleEvent('e')])).toMatchObject({ outcome: 'appended', revision: 0 });
  });

  it.each(['unavailable', 'timeout', 'hang', 'unknown', 'cancelled', 'deadline', 'not-leader'] as const)(
    'reads again when a read fails as %s, at once or midway',
    async (failure) => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 9));
      double.inject({ call: 'read', failure });
      double.inject({ call: 'read', failure, after: 4 });
      expect(await store.read('note-1', 0, 100)).toHaveLength(9);
      double.inject({ call: 'read', failure, after: 4 });
      expect((await readLog(store)).events).toHaveLength(9);
      await until(() => double.openCalls === 0);
    },
  );

  it('writes everything exactly once while the server is restarted', async () => {
    const writers = Promise.all(Array.from({ length: WRITERS }, (_none, writer) => write(store, `note-${writer}`)));
    for (let restarts = 0; restarts < 3; restarts++) {
      await until(() => double.eventCount > (restarts + 1) * 30);
      await restart();
    }
    await writers;
    expect((await readLog(store)).events).toHaveLength(WRITERS * EVENTS_PER_WRITER);
  });

  it.each([
    ['a subscription that ends in every way there is', 64],
    ['a server that calls it slow at once', 0],
  ])('tells every follower everything once, in order, by %s', async (_name, liveBuffer) => {
    await log.close();
    await double.close();
    await start(liveBuffer);
    const stop = new AbortController();
    const followers = Array.from({ length: 3 }, () => followUntil(store, WRITERS * EVENTS_PER_WRITER, stop.signal));
    const writers = Promise.all(Array.from({ length: WRITERS }, (_none, writer) => write(store, `note-${writer}`)));
    const failures = ['timeout', 'end', 'unavailable', 'unknown', 'cancelled'] as const;
    for (const [index, failure] of failures.entries()) {
      await until(() => double.eventCount > (index + 1) * 35);
      double.dropSubscriptions(failure);
      double.inject({ call: 'subscribe', failure, after: index });
      double.inject({ call: 'read', failure: failure === 'end' ? 'timeout' : failure, after: index, stream: (name) => name === '$all' });
    }
    await writers;
    const told = await Promise.all(followers);
    const { events } = await readLog(store);
    expect(events).toHaveLength(WRITERS * EVENTS_PER_WRITER);
    for (const ids of told) expect(ids).toEqual(events.map(({ id }) => id));
    stop.abort();
  });

  it('says that it has caught up only when everything that stood before was handed over', async () => {
    const writers = Promise.all(Array.from({ length: WRITERS }, (_none, writer) => write(store, `note-${writer}`)));
    for (let round = 0; round < 20; round++) {
      const head = await store.head();
      const { events, position } = await readLog(store, { pageSize: 7 });
      expect(position).toBe(events.at(-1)?.position ?? null);
      expect((position ?? '') >= (head ?? '')).toBe(true);
    }
    await writers;
  });

  it('leaves no call open behind subscriptions that were broken off', async () => {
    await store.append('note-1', 'no-stream', sampleEvents('e', 5));
    for (let index = 0; index < BROKEN_OFF; index++) {
      for await (const signal of store.subscribe({ after: null, pageSize: 2, signal: new AbortController().signal })) {
        if (signal.kind === 'page' || index % 2 === 0) break;
      }
    }
    await until(() => double.openCalls <= 1);
    await log.close();
    await until(() => double.openCalls === 0);
  });

  it('leaves no call open behind followers that were stopped while they waited', async () => {
    const stop = new AbortController();
    const followers = Array.from({ length: BROKEN_OFF }, () => followUntil(store, Infinity, stop.signal));
    await until(() => double.openSubscriptions === 1 && double.openCalls === 1);
    stop.abort();
    await Promise.all(followers);
    await log.close();
    await until(() => double.openCalls === 0);
  });

  it('ends every subscription when it is closed, and answers nothing any more', async () => {
    const follower = followUntil(store, Infinity, new AbortController().signal);
    await until(() => double.openSubscriptions === 1);
    await log.close();
    expect(await follower).toEqual([]);
    await expect(store.append('note-1', 'no-stream', [sampleEvent('e')])).rejects.toThrow(Unavailable);
    await expect(store.read('note-1', 0, 1)).rejects.toThrow(Unavailable);
  });
});

async function write(store: EventStore, stream: string): Promise<void> {
  for (let index = 0; index < EVENTS_PER_WRITER; index++) {
    const answer = await store.append(stream, index === 0 ? 'no-stream' : index - 1, [sampleEvent(`${stream}.${index}`)]);
    expect(answer).toMatchObject({ outcome: 'appended', revision: index });
  }
}

/** The ids of the first `count` events that a follower gets. */
async function followUntil(store: EventStore, count: number, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const next of store.subscribe({ after: null, signal })) {
    if (next.kind === 'page') ids.push(...next.events.map(({ id }) => id));
    if (ids.length >= count) break;
  }
  return ids;
}
