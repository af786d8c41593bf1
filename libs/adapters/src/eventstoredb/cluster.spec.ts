import { performance } from 'node:perf_hooks';
import type { EventStore } from '@onedoor/engine';
import { Unavailable } from '@onedoor/engine';
import {
  AlarmLog,
  type EventStoreDbCluster,
  type EventStoreDbDouble,
  readLog,
  sampleEvent,
  sampleEvents,
  startEventStoreDbCluster,
  startEventStoreDbDouble,
  until,
} from '@onedoor/testkit';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

describe('a cluster of EventStoreDB', () => {
  let cluster: EventStoreDbCluster;
  let log: EventStoreDbLog;
  let alarms: AlarmLog;
  let store: EventStore;
  beforeEach(async () => {
    cluster = await startEventStoreDbCluster({ failureNoticedMs: 150, electionMs: 300, followerDelayMs: 200, stopServesMs: 500 });
    alarms = new AlarmLog();
    log = await openEventStoreDb({ connectionString: cluster.connectionString, deadlineMs: 1_000, alarm: alarms.alarm });
    store = log.store;
  });
  afterEach(async () => {
    await log.close();
    await cluster.close();
  });
  const leader = async (): Promise<number> => {
    await until(() => cluster.leader !== null);
    return cluster.leader ?? 0;
  };

  it('shows an append of this process in the next read, with any node in the address', async () => {
    for (const port of cluster.ports) {
      const one = await openEventStoreDb({ connectionString: `esdb://127.0.0.1:${port}?tls=false`, alarm: alarms.alarm });
      for (let index = 0; index < 10; index++) {
        const stream = `note-${port}.${index}`;
        await one.store.append(stream, 'no-stream', sampleEvents(stream, 3));
        expect(await one.store.read(stream, 0, 9)).toHaveLength(3);
        expect((await readLog(one.store)).events.at(-1)?.stream).toBe(stream);
      }
      await one.close();
    }
    expect(alarms.entries).toEqual([]);
  });

  it('is written to again soon after its leader fell, each event once and none lost', async () => {
    for (let round = 0; round < 3; round++) {
      const fallen = await leader();
      await cluster.kill(fallen);
      const killedMs = performance.now();
      await store.append(`note-${round}`, 'no-stream', sampleEvents(`e.${round}`, 2));
      // Noticed after 150 ms, another leader 300 ms later.
      expect(performance.now() - killedMs).toBeLessThan(2_000);
      expect(await store.read(`note-${round}`, 0, 9)).toHaveLength(2);
      await cluster.start(fallen);
    }
    expect((await readLog(store)).events).toHaveLength(6);
    expect(alarms.entries.length).toBeLessThanOrEqual(6);
  });

  it('is used without its leader as soon as there is another one, though the first only hangs', async () => {
    const hung = await leader();
    cluster.hang(hung);
    await store.append('note-1', 'no-stream', [sampleEvent('e')]);
    expect(cluster.leader).not.toBe(hung);
    cluster.resume(hung);
    expect(await store.read('note-1', 0, 9)).toHaveLength(1);
  });

  it('keeps its followers told, through every change of its leader', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const following = (async () => {
      for await (const next of store.subscribe({ after: null, signal: stop.signal }))
        if (next.kind === 'page') told.push(...next.events.map(({ id }) => id));
    })();
    for (const fall of ['kill', 'stop', 'hang'] as const) {
      const fallen = await leader();
      await cluster[fall](fallen);
      await store.append(`note-${fall}`, 'no-stream', sampleEvents(fall, 5));
      if (fall === 'hang') cluster.resume(fallen);
      else await cluster.start(fallen);
    }
    await until(() => told.length >= 15);
    stop.abort();
    await following;
    expect(told).toEqual((await readLog(store)).events.map(({ id }) => id));
  });

  it.each(['esdb', 'esdb+discover'])('is found by %s:// through any host that answers', async (scheme) => {
    const away = [...cluster.ports.keys()].find((node) => node !== cluster.leader) ?? 0;
    await cluster.kill(away);
    const hosts = [cluster.ports[away], ...cluster.ports.filter((_port, node) => node !== away)].map((port) => `127.0.0.1:${port}`);
    const opened = await openEventStoreDb({ connectionString: `${scheme}://${hosts.join(',')}?tls=false` });
    expect(opened.incarnation).toBe(log.incarnation);
    await opened.close();
    const [, second] = hosts;
    const byOne = await openEventStoreDb({ connectionString: `esdb+discover://${second}?tls=false` });
    await byOne.close();
  });

  it('has two alarms where no node leads, and says so to a process that opens it', async () => {
    const [one, other] = [...cluster.ports.keys()];
    await Promise.all([cluster.kill(one ?? 0), cluster.kill(other ?? 1)]);
    const waiting = Array.from({ length: 40 }, (_none, index) => store.append(`note-${index}`, 'no-stream', [sampleEvent(`e.${index}`)]));
    await expect(openEventStoreDb({ connectionString: cluster.connectionString })).rejects.toThrow(/EventStoreDB has no leader/);
    expect(
      (await Promise.allSettled(waiting)).every(
        ({ status, ...rest }) => status === 'rejected' && (rest as { reason: unknown }).reason instanceof Unavailable,
      ),
    ).toBe(true);
    expect(log.dependency.outage()).not.toBeNull();
    await Promise.all([cluster.start(one ?? 0), cluster.start(other ?? 1)]);
    await leader();
    await store.append('note-after', 'no-stream', [sampleEvent('after')]);
    expect(log.dependency.outage()).toBeNull();
    expect(alarms.messages).toEqual(['EventStoreDB does not answer', 'EventStoreDB answers again']);
    expect(alarms.entries[1]?.details).toMatchObject({ callsFailed: 40 });
  });
});

describe('an EventStoreDB that hangs', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  const alarms = new AlarmLog();
  beforeAll(async () => {
    double = await startEventStoreDbDouble();
    log = await openEventStoreDb({ connectionString: double.connectionString, alarm: alarms.alarm });
  });
  afterAll(async () => {
    await log.close();
    double.resume();
    await double.close();
  });

  it('is unavailable within fifteen seconds, however many calls wait, and closed at once', async () => {
    await log.store.append('note-1', 'no-stream', [sampleEvent('e')]);
    double.hang();
    const startedMs = performance.now();
    const calls = [
      ...Array.from({ length: 80 }, (_none, index) => log.store.append(`note-x${index}`, 'no-stream', [sampleEvent(`x${index}`)])),
      ...Array.from({ length: 80 }, (_none, index) => log.store.read(`note-y${index}`, 0, 1)),
      log.store.head(),
      openEventStoreDb({ connectionString: double.connectionString }),
    ];
    const settled = await Promise.allSettled(calls);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect(settled.every((each) => each.status === 'rejected' && each.reason instanceof Unavailable)).toBe(true);
    expect(String((settled.at(-1) as PromiseRejectedResult).reason)).toMatch(/takes connections and answers nothing/);
    const last = log.store.append('note-2', 'no-stream', [sampleEvent('last')]);
    last.catch(() => undefined);
    const closingMs = performance.now();
    await log.close();
    await expect(last).rejects.toThrow(Unavailable);
    expect(performance.now() - closingMs).toBeLessThan(1_000);
    expect(alarms.messages).toEqual(['EventStoreDB does not answer']);
  });
});
