import { LIMITS } from '@onedoor/kernel';
import { message, Orders } from '../test/orders.js';
import { noon, once, oneOClock, TALLY } from '../test/tally.js';
import type { Consumer } from './consumer.js';
import { ConcurrencyConflict } from './executor.js';
import { Misconfigured, Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';
import { StuckWorkers } from './stuck-workers.js';

let orders: Orders;

/** The read models of the orders, with something done before each write. */
const readModelsThat = (beforeWrite: () => Promise<void>): ReadModels => ({
  get: (...args) => orders.data.readModels.get(...args),
  standing: (...args) => orders.data.readModels.standing(...args),
  find: (...args) => orders.data.readModels.find(...args),
  scan: (collection) => orders.data.readModels.scan(collection),
  servedVersion: (name) => orders.data.readModels.servedVersion(name),
  promote: (...args) => orders.data.readModels.promote(...args),
  async apply(...args) {
    await beforeWrite();
    await orders.data.readModels.apply(...args);
  },
});

beforeEach(() => {
  orders = new Orders();
});

describe('a consumer', () => {
  it('executes the commands of each message, in the order of its key, at the time of the message', async () => {
    await orders.publish(message('a', 1), message('b', 10), message('a', 2), message('a', 3));
    await orders.consumer().run(once);
    expect(await orders.amounts('a')).toEqual([1, 2, 3]);
    expect(await orders.amounts('b')).toEqual([10]);
    expect((await orders.data.store.read('tally-a', 0, 1))[0]).toMatchObject({ at: noon, recordedAt: oneOClock });
    expect(orders.envelopes[0]).toMatchObject({
      actor: { role: 'system', id: 'counting' },
      correlationId: 'story-1',
      recordedAt: oneOClock,
    });
  });

  it('handles a message that is delivered twice once', async () => {
    const one = message('a', 1);
    await orders.publish(one, one);
    await orders.consumer().run(once);
    await orders.publish(one);
    await orders.consumer().run(once);
    expect(await orders.amounts('a')).toEqual([1]);
  });

  it('handles keys concurrently: one that waits does not block another', async () => {
    const isOtherDone = Promise.withResolvers<void>();
    orders.obstacle = async (key) => (key === 'a' ? isOtherDone.promise : isOtherDone.resolve());
    await orders.publish(message('a', 1), message('b', 2));
    await orders.consumer().run(once);
    expect([await orders.amounts('a'), await orders.amounts('b')]).toEqual([[1], [2]]);
  });

  it.each([
    ['waits for a dependency that is down', new Unavailable('Not just now')],
    ['waits for a dependency that is misconfigured', new Misconfigured('It wants another password')],
    ['tries again on a stream that others keep changing', new ConcurrencyConflict('tally-a was changed by others')],
  ])('%s as long as that lasts, and parks nothing', async (_name, passing) => {
    let lasts = 9;
    orders.obstacle = async () => {
      if (lasts-- > 0) throw passing;
    };
    await orders.publish(message('a', 1), message('a', 2));
    const consumer = orders.consumer();
    expect(await orders.consumeThrough(consumer)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
    expect(await orders.amounts('a')).toEqual([1, 2]);
    expect(await orders.parkedKeys()).toEqual([]);
    expect(orders.alarms.entries).toEqual([]);
  });

  it('is stuck where a dependency stays away, and says on what, since when and why, with one alarm until it goes on', async () => {
    let isAway = true;
    orders.obstacle = async (key) => {
      if (isAway && key === 'a') throw new Unavailable('Not just now');
    };
    await orders.publish(message('a', 1), message('b', 2));
    const consumer = orders.consumer();
    const consuming = consumer.run(once);
    await orders.passTimeUntil(() => orders.alarms.messages.includes('worker stuck'));
    for (let time = 0; time < 20; time++) await orders.clock.passNextWait();
    expect(consumer.stall()).toMatchObject({ since: oneOClock, on: 'a', reason: 'Unavailable: Not just now' });
    expect(orders.alarms.messages).toEqual(['worker stuck']);
    expect(await consumer.lag()).toEqual({ messages: 2, ms: Date.parse(orders.clock.now()) - Date.parse(noon) });
    isAway = false;
    await orders.clock.passNextWait();
    await consuming;
    expect(orders.alarms.messages).toEqual(['worker stuck', 'worker works again']);
    expect([consumer.stall(), await consumer.lag()]).toEqual([null, { messages: 0, ms: 0 }]);
    expect(await new StuckWorkers(orders.data.checkpoints).all()).toEqual(new Map());
  });

  it('raises an alarm for each failure to park, which the bus would repeat in silence', async () => {
    let failures = 2;
    const readModels = readModelsThat(async () => {
      if (failures-- > 0) throw new TypeError('The disk said no');
    });
    orders.failFor('a', 1);
    await orders.publish(message('a', 1));
    const consumer = orders.consumer({ readModels });
    await orders.consumeThrough(consumer);
    const failed = { message: 'worker failed', details: { worker: 'counting consumer', key: 'a', reason: 'TypeError: The disk said no' } };
    expect(orders.alarms.entries.slice(0, 2)).toEqual([failed, failed]);
    expect(await orders.parkedKeys()).toEqual(['a']);
  });

  it('makes three attempts before a failure counts as permanent', async () => {
    let failures = 2;
    orders.obstacle = async () => {
      if (failures-- > 0) throw new TypeError('This one cannot be done');
    };
    await orders.publish(message('a', 1));
    const consumer = orders.consumer();
    expect(await orders.consumeThrough(consumer)).toEqual([100, 200]);
    expect(await orders.amounts('a')).toEqual([1]);
    expect(await orders.parkedKeys()).toEqual([]);
  });
});

describe('a message that keeps failing by itself', () => {
  beforeEach(async () => {
    orders.failFor('a', 2);
    await orders.publish(message('a', 1), message('a', 2), message('b', 10), message('a', 3), message('b', 20));
  });

  it('parks its key: later messages of it wait behind, every other key continues', async () => {
    const consumer = orders.consumer();
    await orders.consumeThrough(consumer);
    expect(await orders.amounts('a')).toEqual([1]);
    expect(await orders.amounts('b')).toEqual([10, 20]);
    expect(await orders.parkedKeys()).toEqual(['a']);
    expect(orders.alarms.entries).toMatchObject([
      { message: 'message parked', details: { group: 'counting', key: 'a', type: 'test.ordered.v1' } },
    ]);
  });

  it('does not block the group: later messages are handled, or queued if they are of that key', async () => {
    const consumer = orders.consumer();
    await orders.consumeThrough(consumer);
    await orders.publish(message('a', 4), message('c', 5));
    await consumer.run(once);
    expect([await orders.amounts('a'), await orders.amounts('c')]).toEqual([[1], [5]]);
  });

  it('is retried on release, and all messages behind it follow in order', async () => {
    const consumer = orders.consumer();
    await orders.consumeThrough(consumer);
    await orders.publish(message('a', 4));
    await consumer.run(once);
    orders.failForNone();
    expect(await consumer.release('a', once.signal)).toBe(true);
    expect(await orders.amounts('a')).toEqual([1, 2, 3, 4]);
    expect(await orders.parkedKeys()).toEqual([]);
    await orders.publish(message('a', 5));
    await consumer.run(once);
    expect(await orders.amounts('a')).toEqual([1, 2, 3, 4, 5]);
  });

  it('stays parked when it fails on release too', async () => {
    const consumer = orders.consumer();
    await orders.consumeThrough(consumer);
    expect(await consumer.release('a', once.signal)).toBe(false);
    expect(await orders.amounts('a')).toEqual([1]);
    expect(await orders.parkedKeys()).toEqual(['a']);
  });

  it('stays parked over a restart, with all messages behind it', async () => {
    await orders.consumeThrough(orders.consumer());
    const restarted = orders.consumer();
    await orders.publish(message('a', 4));
    await restarted.run(once);
    orders.failForNone();
    expect(await orders.parkedKeys()).toEqual(['a']);
    expect(await orders.amounts('a')).toEqual([1]);
    expect(await restarted.release('a', once.signal)).toBe(true);
    expect(await orders.amounts('a')).toEqual([1, 2, 3, 4]);
  });

  it('stays parked where another process takes its messages over, and can be released by a third one', async () => {
    const other = orders.consumer();
    await other.run({ signal: AbortSignal.abort(), untilCaughtUp: true });
    await orders.consumeThrough(orders.consumer());
    await orders.publish(message('a', 4));
    await other.run(once);
    orders.failForNone();
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[1], ['a']]);
    expect(await orders.consumer().release('a', once.signal)).toBe(true);
    expect(await orders.amounts('a')).toEqual([1, 2, 3, 4]);
    await orders.publish(message('a', 5));
    await other.run(once);
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[1, 2, 3, 4, 5], []]);
  });
});

it('a refusal is final: it parks without a second attempt', async () => {
  await orders.executor.execute(
    TALLY,
    'a',
    { type: 'Seal', at: noon },
    { commandId: 'seal', actor: { role: 'staff', id: 'clerk' }, correlationId: 'x', recordedAt: noon },
  );
  await orders.publish(message('a', 1));
  const consumer = orders.consumer();
  expect(await orders.consumeThrough(consumer)).toEqual([]);
  expect(await orders.parkedKeys()).toEqual(['a']);
  expect(orders.alarms.entries[0]?.details['reason']).toBe('TALLY_SEALED: A sealed tally takes nothing more');
});

describe('a message whose subject is not in the log yet', () => {
  /** The waits of a page between its attempts. */
  const WAITS = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];

  it('is retried until the log has it, and does not park', async () => {
    orders.unknown.add('a');
    await orders.publish(message('a', 1), message('a', 2));
    const consumer = orders.consumer();
    const done = consumer.run(once);
    expect([await orders.clock.passNextWait(), await orders.clock.passNextWait()]).toEqual([250, 500]);
    await orders.clock.untilWaitedFor();
    orders.unknown.clear();
    await orders.clock.passNextWait();
    await done;
    expect([await orders.amounts('a'), await orders.parkedKeys(), orders.alarms.entries]).toEqual([[1, 2], [], []]);
  });

  it('parks after the last wait, with one alarm when the waiting became long', async () => {
    orders.unknown.add('a');
    await orders.publish(message('a', 1), message('a', 2));
    const consumer = orders.consumer();
    expect(await orders.consumeThrough(consumer)).toEqual(WAITS);
    expect(await orders.parkedKeys()).toEqual(['a']);
    const reason = 'TALLY_UNKNOWN: There is no such tally';
    expect(orders.alarms.entries).toMatchObject([
      { message: 'told of what its own log does not know', details: { group: 'counting', keys: 1, key: 'a', reason } },
      { message: 'message parked', details: { group: 'counting', key: 'a', type: 'test.ordered.v1', reason, keys: 1 } },
    ]);
  });

  it('lets every other key of its page continue at once', async () => {
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    for (const key of keys) orders.unknown.add(key);
    await orders.publish(...keys.map((key) => message(key, 1)), message('b', 1));
    const done = orders.consumer().run(once);
    await orders.clock.untilWaitedFor();
    expect(await orders.amounts('b')).toEqual([1]);
    orders.unknown.clear();
    await orders.clock.passNextWait();
    await done;
    expect(await orders.amounts('k99')).toEqual([1]);
  });

  it('takes no longer for hundreds of keys than for one, and they are handled in order once the log has them', async () => {
    const keys = Array.from({ length: 250 }, (_, index) => `k${index}`);
    for (const key of keys) orders.unknown.add(key);
    await orders.publish(...keys.map((key) => message(key, 1)));
    const consumer = orders.consumer();
    expect(await orders.consumeThrough(consumer)).toEqual(WAITS);
    expect(orders.alarms.entries.map(({ message, details }) => [message, details['keys']])).toEqual([
      ['told of what its own log does not know', 250],
      ['message parked', 250],
    ]);
    await orders.publish(...keys.map((key) => message(key, 2)));
    expect(await orders.consumeThrough(consumer)).toEqual([]);
    orders.unknown.clear();
    await consumer.run(once);
    await consumer.run(once);
    expect(await orders.parkedKeys()).toEqual([]);
    for (const key of keys) expect(await orders.amounts(key)).toEqual([1, 2]);
  });

  it('is not lost when the process is stopped while it waits', async () => {
    orders.unknown.add('a');
    await orders.publish(message('a', 1));
    const stop = new AbortController();
    const consumer = orders.consumer();
    const running = consumer.run({ signal: stop.signal, untilCaughtUp: true });
    await orders.clock.untilWaitedFor();
    stop.abort();
    await running;
    orders.unknown.clear();
    await orders.consumer().run(once);
    expect(await orders.amounts('a')).toEqual([1]);
  });
});

it('reports a reason in one line of bounded length, without the input of a parser', async () => {
  const failures: readonly (readonly [key: string, error: Error])[] = [
    ['a', new SyntaxError(`Unexpected token 'J', "Jane Doe" is not valid JSON`)],
    ['b', new TypeError(`first line\nsecond line`)],
    ['c', new TypeError('x'.repeat(1_000))],
  ];
  for (const [key, error] of failures) {
    orders.obstacle = async () => Promise.reject(error);
    await orders.publish(message(key, 1));
    await orders.consumeThrough(orders.consumer());
  }
  const reasons = orders.alarms.entries.map(({ details }) => String(details['reason']));
  expect(reasons.slice(0, 2)).toEqual(['SyntaxError', 'TypeError: first line']);
  expect(reasons[2]).toHaveLength(200);
});

describe('a release', () => {
  const parkFirst = async (consumer: Consumer): Promise<void> => {
    orders.failFor('a', 1);
    await orders.publish(message('a', 1));
    await orders.consumeThrough(consumer);
  };

  it('includes messages of its key that arrive meanwhile', async () => {
    const consumer = orders.consumer();
    await parkFirst(consumer);
    orders.obstacle = async (_id, amount) => {
      if (amount !== 1) return;
      await orders.publish(message('a', 2));
      await consumer.run(once);
    };
    expect(await consumer.release('a', once.signal)).toBe(true);
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[1, 2], []]);
  });

  it('includes all parked messages, also more than one page', async () => {
    const consumer = orders.consumer();
    await parkFirst(consumer);
    await orders.publish(...Array.from({ length: LIMITS.pageRows }, (_, index) => message('a', index + 2)));
    await consumer.run(once);
    orders.failForNone();
    expect(await consumer.release('a', once.signal)).toBe(true);
    expect([(await orders.amounts('a')).length, await orders.parkedKeys()]).toEqual([100, []]);
  });

  it('loses no message that is parked while the last one is removed', async () => {
    const stop = new AbortController();
    const isTaken = Promise.withResolvers<void>();
    let isLastMoment = false;
    const readModels: ReadModels = {
      ...readModelsThat(async () => undefined),
      async apply(collection, puts) {
        // Another message arrives while the last parked one is being removed.
        if (isLastMoment && puts.some(({ body }) => body === null)) {
          isLastMoment = false;
          await orders.publish(message('a', 2));
          await isTaken.promise;
        }
        await orders.data.readModels.apply(collection, puts);
        if (puts.some(({ body }) => body?.['reason'] === 'behind an earlier message of its key')) isTaken.resolve();
      },
    };
    const consumer = orders.consumer({ readModels });
    await parkFirst(consumer);
    orders.obstacle = async (_id, amount) => {
      if (amount === 2) isTaken.resolve();
    };
    const following = consumer.run({ signal: stop.signal });
    await orders.publish(message('b', 1));
    isLastMoment = true;
    expect(await consumer.release('a', once.signal)).toBe(true);
    stop.abort();
    await following;
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[1, 2], []]);
  });

  it('requested twice at once runs once', async () => {
    const consumer = orders.consumer();
    await parkFirst(consumer);
    await orders.publish(message('a', 2), message('a', 3));
    await consumer.run(once);
    orders.failForNone();
    expect(await Promise.all([consumer.release('a', once.signal), consumer.release('a', once.signal)])).toEqual([true, true]);
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[1, 2, 3], []]);
  });
});
