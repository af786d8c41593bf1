import type { EventStore } from '@onedoor/engine';
import { Unavailable, VoidPosition } from '@onedoor/engine';
import { AlarmLog, type EventStoreDbDouble, readLog, sampleEvent, sampleEvents, startEventStoreDbDouble, until } from '@onedoor/testkit';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

const STREAM = 'note-1';
const EVENTS = 60;
/** Events of an answer that come before it stalls. */
const CUT_AT = 17;
const DEADLINE_MS = 3_000;

/** A read that is under way when its connection is replaced, because other calls failed on it. */
describe('a read of EventStoreDB whose connection is replaced', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  let store: EventStore;
  beforeEach(async () => {
    double = await startEventStoreDbDouble();
    log = await openEventStoreDb({ connectionString: double.connectionString, deadlineMs: DEADLINE_MS });
    store = log.store;
    await store.append(STREAM, 'no-stream', sampleEvents('e', EVENTS));
  });
  afterEach(async () => {
    await log.close();
    await double.close();
  });

  /** Makes the next read of a stream stall midway, and replaces the connection meanwhile. */
  const meanwhileReplaced = async <Answer>(stream: string, after: number, read: () => Promise<Answer>): Promise<Answer> => {
    double.inject({ call: 'read', failure: 'hang', after, stream: (name) => name === stream });
    const answer = read();
    answer.catch(() => undefined);
    await until(() => double.openCalls > 0);
    double.inject({ call: 'append', failure: 'unavailable', times: 3, stream: (name) => name === 'trouble-1' });
    await store.append('trouble-1', 'no-stream', [sampleEvent('trouble')]);
    return answer;
  };

  it.each([0, CUT_AT])('of a stream answers all of it, though only %i events had come', async (after) => {
    const events = await meanwhileReplaced(STREAM, after, () => store.read(STREAM, 0, EVENTS));
    expect(events).toHaveLength(EVENTS);
  });

  it.each([0, CUT_AT])('of the log says that it has caught up only after all of it, though only %i events had come', async (after) => {
    const { events } = await meanwhileReplaced('$all', after, () => readLog(store));
    expect(events.filter(({ stream }) => stream === STREAM)).toHaveLength(EVENTS);
  });

  it('takes no good position for a void one', async () => {
    const { events } = await readLog(store);
    const after = events[CUT_AT]?.position ?? null;
    const rest = await meanwhileReplaced('$all', 0, () => readLog(store, { after }));
    expect(rest.events.filter(({ stream }) => stream === STREAM)).toHaveLength(EVENTS - CUT_AT - 1);
  });

  it('finds the head, and claims no loss', async () => {
    const head = await meanwhileReplaced('$all', 0, () => store.head());
    expect((head ?? '') >= ((await store.read(STREAM, EVENTS - 1, 1))[0]?.position ?? 'missing')).toBe(true);
  });

  it('names the log as before, when it is opened meanwhile', async () => {
    const stream = 'onedoor-incarnation';
    double.inject({ call: 'read', failure: 'hang', stream: (name) => name === stream });
    const opened = await openEventStoreDb({ connectionString: double.connectionString, deadlineMs: 300 });
    expect(opened.incarnation).toBe(log.incarnation);
    await opened.close();
  });

  it('has followers told everything once, in order', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const following = (async () => {
      for await (const next of store.subscribe({ after: null, categories: ['note'], signal: stop.signal }))
        if (next.kind === 'page') told.push(...next.events.map(({ id }) => id));
    })();
    for (let round = 0; round < 5; round++) {
      await meanwhileReplaced('$all', 3, () => store.head());
      await store.append(`note-${round + 2}`, 'no-stream', sampleEvents(`more.${round}`, 20));
    }
    await until(() => told.length >= EVENTS + 100);
    stop.abort();
    await following;
    expect(told).toEqual((await readLog(store, { categories: ['note'] })).events.map(({ id }) => id));
  });

  it('lets nothing of the replaced connection stay open', async () => {
    await meanwhileReplaced(STREAM, CUT_AT, () => store.read(STREAM, 0, EVENTS));
    await until(() => double.openCalls === 0);
  });
});

describe('what EventStoreDB answers', () => {
  let double: EventStoreDbDouble;
  let log: EventStoreDbLog;
  let alarms: AlarmLog;
  beforeEach(async () => {
    double = await startEventStoreDbDouble();
    alarms = new AlarmLog();
    log = await openEventStoreDb({ connectionString: double.connectionString, deadlineMs: 2_000, alarm: alarms.alarm });
    await log.store.append(STREAM, 'no-stream', sampleEvents('e', 9));
  });
  afterEach(async () => {
    await log.close();
    await double.close();
  });

  it('is no failure: neither alarm nor another connection comes of it', async () => {
    const { store } = log;
    double.inject({ call: 'read', failure: 'hang', after: 4, stream: (name) => name === STREAM });
    let isAnswered = false;
    const underWay = store.read(STREAM, 0, 9).finally(() => (isAnswered = true));
    const [incarnation, commit] = ((await store.head()) ?? '').split(':');
    for (let round = 0; round < 5; round++) {
      const nowhere = `${incarnation}:${String(BigInt(commit ?? 0) - 1n).padStart(20, '0')}`;
      const beyond = `${incarnation}:${String(BigInt(commit ?? 0) + 1_000_000n).padStart(20, '0')}`;
      await expect(readLog(store, { after: nowhere })).rejects.toThrow(VoidPosition);
      await expect(readLog(store, { after: beyond })).rejects.toThrow(VoidPosition);
      expect(await store.read(STREAM, 0, 0)).toEqual([]);
      expect(await store.read(STREAM, 9, 5)).toEqual([]);
      expect(await store.append(STREAM, 3, [sampleEvent('late')])).toMatchObject({ outcome: 'conflict', actual: 8 });
    }
    // A replaced connection would have ended the stalled read.
    expect(isAnswered).toBe(false);
    expect(alarms.entries).toEqual([]);
    expect(await underWay).toHaveLength(9);
  });

  it('makes a position void on proof only: what it fails to read at any place is unavailable', async () => {
    const after = (await readLog(log.store)).events[3]?.position ?? null;
    double.inject({ call: 'read', failure: 'unknown', times: 1_000, stream: (name) => name === '$all' });
    await expect(readLog(log.store, { after })).rejects.toThrow(Unavailable);
    double.clearFaults();
    expect((await readLog(log.store, { after })).events).toHaveLength(5);
  });

  it('tells another event at an old place from the one that stood there', async () => {
    const { store } = log;
    await store.append('note-2', 'no-stream', [sampleEvent('lost')]);
    const after = await store.head();
    double.rewind(1);
    const other = await openEventStoreDb({ connectionString: double.connectionString });
    await other.store.append('note-3', 'no-stream', sampleEvents('new', 3));
    await expect(readLog(other.store, { after })).rejects.toThrow(VoidPosition);
    await other.close();
  });
});
