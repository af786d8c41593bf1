import { openMemory } from '@onedoor/adapters';
import { msOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { message, Orders } from '../test/orders.js';
import { once, oneOClock } from '../test/tally.js';
import { parkedKeysOf, type ParkedKeys } from './parked-keys.js';
import { Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';

let orders: Orders;
let stop: AbortController;

beforeEach(() => {
  orders = new Orders();
  stop = new AbortController();
});

const REFUSED = 'TALLY_UNKNOWN: There is no such tally';
const parked = (): Promise<ParkedKeys> => parkedKeysOf('counting', orders.data.readModels);
const parkedMessages = (): readonly string[] => orders.alarms.entries.map(({ message }) => message);
const passTime = async (untilMs: number): Promise<void> => {
  while (msOf(orders.clock.now()) - msOf(oneOClock) < untilMs) await orders.clock.passNextWait();
};

/** Parks a first message of each key, as a process does that is killed afterwards. */
async function park(...keys: readonly string[]): Promise<void> {
  for (const key of keys) orders.unknown.add(key);
  const { bus } = openMemory();
  await bus.publish(keys.map((key) => ({ topic: 'orders', event: message(key, 1) })));
  const killed = new AbortController();
  await orders.consumeThrough(orders.consumer({ bus }), { signal: killed.signal, untilCaughtUp: true, pace: async () => killed.abort() });
  expect(parkedMessages()).toContain('message parked');
  orders.alarms.entries.length = 0;
}

describe('a parked key', () => {
  it('is retried in the background, and released with all messages behind it, in order', async () => {
    await park('a');
    const running = orders.consumer().run({ signal: stop.signal });
    await orders.publish(message('a', 2), message('a', 3));
    orders.unknown.clear();
    await orders.passTimeUntil(() => parkedMessages().includes('parked key released'));
    await orders.publish(message('a', 4));
    stop.abort();
    await running;
    await orders.consumer().run(once);
    expect(await orders.amounts('a')).toEqual([1, 2, 3, 4]);
    expect(await parked()).toEqual({ keys: 0, since: null, reasons: [] });
    expect(orders.alarms.entries).toEqual([
      {
        message: 'parked key released',
        details: { group: 'counting', key: 'a', messages: expect.any(Number), parkedForMs: expect.any(Number) },
      },
    ]);
    expect(Number(orders.alarms.entries[0]?.details['parkedForMs'])).toBeGreaterThanOrEqual(5_000);
  });

  it('that keeps failing is retried at growing intervals, ten minutes at most, without an alarm each time', async () => {
    await park('a');
    const tries: number[] = [];
    orders.obstacle = async () => void tries.push(msOf(orders.clock.now()));
    const running = orders.consumer().run({ signal: stop.signal });
    await orders.passTimeUntil(() => tries.length === 11);
    stop.abort();
    await running;
    const seconds = tries.slice(1).map((triedMs, index) => Math.round((triedMs - (tries[index] ?? 0)) / 1_000));
    expect(seconds).toEqual([10, 20, 40, 80, 160, 320, 600, 600, 600, 600]);
    expect(orders.alarms.entries).toEqual([]);
  });

  it('is neither lost nor retried too often by restarts: the next process continues the schedule', async () => {
    await park('a');
    const tries: number[] = [];
    orders.obstacle = async () => void tries.push(msOf(orders.clock.now()));
    for (let restart = 0; restart < 20; restart++) {
      const ends = new AbortController();
      const running = orders.consumer().run({ signal: ends.signal });
      await orders.clock.passNextWait();
      await orders.clock.untilWaitedFor();
      ends.abort();
      await running;
    }
    // In a hundred seconds: after 5, 15, 35 and 75.
    expect(tries).toHaveLength(4);
    orders.unknown.clear();
    const running = orders.consumer().run({ signal: stop.signal });
    await orders.passTimeUntil(() => parkedMessages().includes('parked key released'));
    stop.abort();
    await running;
    expect(await orders.amounts('a')).toEqual([1]);
  });

  it('is found where another process of the group parked it', async () => {
    const running = orders.consumer().run({ signal: stop.signal });
    await park('a');
    orders.unknown.clear();
    await orders.passTimeUntil(() => parkedMessages().includes('parked key released'));
    stop.abort();
    await running;
    expect(await orders.amounts('a')).toEqual([1]);
  });

  it('waits while a dependency is down, and that does not count as an attempt', async () => {
    await park('a');
    orders.obstacle = async () => Promise.reject(new Unavailable('Not just now'));
    const running = orders.consumer().run({ signal: stop.signal });
    await passTime(300_000);
    orders.unknown.clear();
    orders.failForNone();
    await orders.clock.passNextWait();
    await orders.clock.untilWaitedFor();
    stop.abort();
    await running;
    expect(await orders.amounts('a')).toEqual([1]);
  });

  it('is summarised with the number of keys, since when and why', async () => {
    await park('a', 'b', 'c');
    orders.failFor('d', 1);
    await orders.publish(message('d', 1));
    await orders.consumeThrough(orders.consumer());
    const { keys, since, reasons } = await parked();
    expect([keys, reasons]).toEqual([
      4,
      [
        { reason: REFUSED, keys: 3 },
        { reason: 'TypeError: This one cannot be done', keys: 1 },
      ],
    ]);
    expect(msOf(since ?? '') - msOf(oneOClock)).toBe(27_750);
  });
});

describe('one process at a time', () => {
  it('retries parked keys, and another one after it was killed', async () => {
    await park('a');
    const killed = orders.consumer();
    // It holds the lease, and never releases it.
    expect(await killed.release('a', once.signal)).toBe(false);
    orders.unknown.clear();
    const next = orders.consumer();
    expect(await next.release('a', once.signal)).toBe(false);
    orders.clock.advance(30_000);
    expect(await next.release('a', once.signal)).toBe(true);
    expect(await orders.amounts('a')).toEqual([1]);
  });

  it('releases the lease when it ends', async () => {
    await park('a');
    await orders.consumer().run(once);
    orders.unknown.clear();
    expect(await orders.consumer().release('a', once.signal)).toBe(true);
  });
});

describe('a message that arrives while its key is being released, in this process or in another one', () => {
  /** The same read models, with answers in an order that the scheduler picks. */
  const scheduled = (scheduler: fc.Scheduler): ReadModels => {
    const { readModels } = orders.data;
    return {
      get: (...args) => readModels.get(...args),
      standing: (...args) => readModels.standing(...args),
      find: scheduler.scheduleFunction((...args: Parameters<ReadModels['find']>) => readModels.find(...args)),
      apply: scheduler.scheduleFunction((...args: Parameters<ReadModels['apply']>) => readModels.apply(...args)),
      scan: (collection) => readModels.scan(collection),
      servedVersion: (name) => readModels.servedVersion(name),
      promote: (...args) => readModels.promote(...args),
    };
  };

  it('is handled once, and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), fc.boolean(), async (scheduler, last, isOtherProcess) => {
        orders = new Orders();
        await park('a');
        orders.unknown.clear();
        const readModels = scheduled(scheduler);
        const releasing = orders.consumer({ readModels });
        const receiving = isOtherProcess ? orders.consumer({ readModels }) : releasing;
        const receive = async (): Promise<void> => {
          for (let amount = 2; amount <= last; amount++) {
            await orders.publish(message('a', amount));
            await receiving.run(once);
          }
        };
        await scheduler.waitFor(Promise.all([releasing.release('a', once.signal), receive()]));
        // A message that the releasing process did not see is due for a later retry.
        orders.clock.advance(60_000);
        await scheduler.waitFor(receiving.run(once));
        const all = Array.from({ length: last }, (_, index) => index + 1);
        expect([await orders.amounts('a'), (await parked()).keys]).toEqual([all, 0]);
      }),
    );
  });
});
