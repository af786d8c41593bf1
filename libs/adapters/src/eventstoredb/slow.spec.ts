import { performance } from 'node:perf_hooks';
import { Unavailable } from '@onedoor/engine';
import { AlarmLog, type EventStoreDbDouble, sampleEvent, startEventStoreDbDouble } from '@onedoor/testkit';
import { through } from '../../test/eventstoredb-suites.js';
import { wireProxy, type WireProxy } from '../../test/wire-proxy.js';
import { openEventStoreDb } from './open.js';
import type { EventStoreDbLog } from './options.js';

/** A little less than an attempt may take. */
const SLOW_MS = 4_500;
/** Three times as many calls as run at once: the last ones have less time left than an attempt takes. */
const READS = 96;
const FOREIGN_EVENTS = 2_000;

describe('an EventStoreDB that is slow', () => {
  let double: EventStoreDbDouble;
  let proxy: WireProxy;
  let log: EventStoreDbLog;
  let alarms: AlarmLog;
  beforeEach(async () => {
    double = await startEventStoreDbDouble();
    proxy = await wireProxy('127.0.0.1', double.port);
    alarms = new AlarmLog();
    log = await openEventStoreDb({ connectionString: through(proxy.port, double.connectionString), alarm: alarms.alarm });
  });
  afterEach(async () => {
    await log.close();
    proxy.close();
    await double.close();
  });

  it('is believed to be there: calls that wait too long for their turn break off no other ones', async () => {
    await log.store.append('note-1', 'no-stream', [sampleEvent('e')]);
    const madeBefore = proxy.made;
    proxy.slowDown(SLOW_MS);
    const [first, ...others] = Array.from({ length: READS }, (_none, index) => log.store.read('note-1', 0, index + 1));
    const settled = Promise.allSettled(others);
    await first;
    await log.store.head();
    // A call that begins before the last ones give up, and ends afterwards.
    const head = log.store.head();
    const answers = await settled;
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(3);
    expect(await head).not.toBeNull();
    expect(proxy.made).toBe(madeBefore);
    expect(alarms.entries).toEqual([]);
  });

  it('is unavailable in time also where a call asks more than once', async () => {
    double.inject({ call: 'read', failure: 'hang', times: 2, stream: (name) => name === 'note-9' });
    double.inject({ call: 'read', failure: 'hang', times: 1_000, stream: (name) => name === '$$note-9' });
    const startedMs = performance.now();
    await expect(log.store.read('note-9', 0, 1)).rejects.toThrow(Unavailable);
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  });
});

it('the head of a city’s log is not looked for again among what others wrote since', async () => {
  const double = await startEventStoreDbDouble();
  const [quiet, busy] = await Promise.all(
    ['quiet', 'busy'].map((namespace) => openEventStoreDb({ connectionString: double.connectionString, namespace })),
  );
  await quiet?.store.append('note-1', 'no-stream', [sampleEvent('e')]);
  const head = await quiet?.store.head();
  for (let written = 0; written < FOREIGN_EVENTS; written += 50) {
    await busy?.store.append(
      'note-1',
      written === 0 ? 'no-stream' : written - 1,
      Array.from({ length: 50 }, (_none, index) => sampleEvent(`b.${written + index}`)),
    );
  }
  expect(await quiet?.store.head()).toBe(head);
  let reads = 0;
  const count = () => (reads += 1) < 0;
  double.inject({ call: 'read', failure: 'hang', stream: count });
  expect(await quiet?.store.head()).toBe(head);
  expect(reads).toBe(1);
  await quiet?.store.append('note-1', 0, [sampleEvent('next')]);
  expect((await quiet?.store.head()) ?? '').not.toBe(head);
  await Promise.all([quiet?.close(), busy?.close()]);
  await double.close();
});
