import { openMemory, type MemoryData } from '@onedoor/adapters';
import type { PublicEvent } from '@onedoor/contracts';
import { LIMITS, type Instant } from '@onedoor/kernel';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import { noon, once, oneOClock, TALLY, type TallyCommand } from '../test/tally.js';
import { Consumer } from './consumer.js';
import { ConcurrencyConflict, Executor, type Envelope } from './executor.js';
import { Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';
import type { Dispatch, React, Reaction } from './reaction.js';

let data: MemoryData;
let executor: Executor;
let clock: ManualClock;
let alarms: AlarmLog;
/** Called before each command: throws, or waits, where a test wants that. */
let obstacle: (key: string, amount: number) => Promise<void>;
let envelopes: Envelope[];

beforeEach(() => {
  data = openMemory();
  executor = new Executor(data.store, 'testville');
  clock = new ManualClock(oneOClock);
  alarms = new AlarmLog();
  obstacle = async () => undefined;
  envelopes = [];
});

let count = 0;
const message = (subject: string, amount: number): PublicEvent<string, { amount: number }> => ({
  specversion: '1.0',
  id: `message-${(count += 1)}`,
  source: '/onedoor/elsewhere',
  type: 'test.ordered.v1',
  subject,
  time: noon,
  datacontenttype: 'application/json',
  sequence: String(count).padStart(8, '0'),
  correlationid: 'story-1',
  causationid: 'cause-1',
  jurisdiction: 'testville',
  data: { amount },
});

const publish = (...events: readonly PublicEvent[]): Promise<void> => data.bus.publish(events.map((event) => ({ topic: 'orders', event })));

/** Whatever is ordered is added to the tally of the same name. */
const react: React = ({ subject, data }) => {
  const command = { type: 'Add', amount: (data as { readonly amount: number }).amount };
  return [{ aggregate: 'tally', id: subject, command } satisfies Reaction];
};
const dispatch: Dispatch = async ({ id, command }, at: Instant, envelope) => {
  const add = { ...command, at } as TallyCommand & { readonly amount: number };
  await obstacle(id, add.amount);
  envelopes.push(envelope);
  return executor.execute(TALLY, id, add, envelope);
};

const consumer = (readModels: ReadModels = data.readModels): Consumer =>
  new Consumer({ group: 'counting', topics: ['orders'], react, dispatch, ports: { bus: data.bus, readModels, clock, alarm: alarms.alarm } });
const amounts = async (id: string): Promise<readonly unknown[]> => (await data.store.read(`tally-${id}`, 0, 100)).map(({ data }) => (data as { amount: number }).amount);

/** Runs to the tail; every wait on the way is let pass, and answered. */
async function consumeThrough(who: Consumer): Promise<readonly number[]> {
  let isDone = false;
  const waits: number[] = [];
  const running = who.run(once).finally(() => (isDone = true));
  for (;;) {
    await Promise.race([running, clock.untilWaitedFor()]);
    if (isDone) return waits;
    waits.push(await clock.passNextWait());
  }
}

const failingFor = (key: string, amount: number): void => {
  obstacle = async (id, wanted) => {
    if (id === key && wanted === amount) throw new TypeError('This one cannot be done');
  };
};

describe('a consumer', () => {
  it('turns each message into its commands, in the order of its key, at the time of the message', async () => {
    await publish(message('a', 1), message('b', 10), message('a', 2), message('a', 3));
    await consumer().run(once);
    expect(await amounts('a')).toEqual([1, 2, 3]);
    expect(await amounts('b')).toEqual([10]);
    expect((await data.store.read('tally-a', 0, 1))[0]).toMatchObject({ at: noon, recordedAt: oneOClock });
    expect(envelopes[0]).toMatchObject({ actor: { role: 'system', id: 'counting' }, correlationId: 'story-1', recordedAt: oneOClock });
  });

  it('does once what is handed to it twice', async () => {
    const one = message('a', 1);
    await publish(one, one);
    await consumer().run(once);
    await publish(one);
    await consumer().run(once);
    expect(await amounts('a')).toEqual([1]);
  });

  it('lets keys run side by side: one that waits keeps no other waiting', async () => {
    const isOtherDone = Promise.withResolvers<void>();
    obstacle = async (key) => (key === 'a' ? isOtherDone.promise : isOtherDone.resolve());
    await publish(message('a', 1), message('b', 2));
    await consumer().run(once);
    expect([await amounts('a'), await amounts('b')]).toEqual([[1], [2]]);
  });

  it.each([
    ['waits for a dependency that is down', new Unavailable('Not just now')],
    ['tries again on a stream that others keep changing', new ConcurrencyConflict('tally-a was changed by others')],
  ])('%s as long as that lasts, and parks nothing', async (_name, passing) => {
    let lasts = 9;
    obstacle = async () => {
      if (lasts-- > 0) throw passing;
    };
    await publish(message('a', 1), message('a', 2));
    const who = consumer();
    expect(await consumeThrough(who)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
    expect(await amounts('a')).toEqual([1, 2]);
    expect(who.parkedKeys()).toEqual([]);
    expect(alarms.entries).toEqual([]);
  });

  it('gives a failure three attempts before it counts as lasting', async () => {
    let failures = 2;
    obstacle = async () => {
      if (failures-- > 0) throw new TypeError('This one cannot be done');
    };
    await publish(message('a', 1));
    const who = consumer();
    expect(await consumeThrough(who)).toEqual([100, 200]);
    expect(await amounts('a')).toEqual([1]);
    expect(who.parkedKeys()).toEqual([]);
  });
});

describe('a message that keeps failing by itself', () => {
  beforeEach(async () => {
    failingFor('a', 2);
    await publish(message('a', 1), message('a', 2), message('b', 10), message('a', 3), message('b', 20));
  });

  it('parks its key: later messages of it wait behind, every other key goes on', async () => {
    const who = consumer();
    await consumeThrough(who);
    expect(await amounts('a')).toEqual([1]);
    expect(await amounts('b')).toEqual([10, 20]);
    expect(who.parkedKeys()).toEqual(['a']);
    expect(alarms.entries).toMatchObject([{ message: 'message parked', details: { group: 'counting', key: 'a', type: 'test.ordered.v1' } }]);
  });

  it('does not hold the group up: what comes later is taken, and queued if it is of that key', async () => {
    const who = consumer();
    await consumeThrough(who);
    await publish(message('a', 4), message('c', 5));
    await who.run(once);
    expect([await amounts('a'), await amounts('c')]).toEqual([[1], [5]]);
  });

  it('is tried again on release, and all that waited behind follows in order', async () => {
    const who = consumer();
    await consumeThrough(who);
    await publish(message('a', 4));
    await who.run(once);
    obstacle = async () => undefined;
    expect(await who.release('a', once.signal)).toBe(true);
    expect(await amounts('a')).toEqual([1, 2, 3, 4]);
    expect(who.parkedKeys()).toEqual([]);
    await publish(message('a', 5));
    await who.run(once);
    expect(await amounts('a')).toEqual([1, 2, 3, 4, 5]);
  });

  it('stays parked when it fails on release too', async () => {
    const who = consumer();
    await consumeThrough(who);
    const released = who.release('a', once.signal);
    expect([await clock.passNextWait(), await clock.passNextWait()]).toEqual([100, 200]);
    expect(await released).toBe(false);
    expect(await amounts('a')).toEqual([1]);
    expect(who.parkedKeys()).toEqual(['a']);
  });

  it('stays parked over a restart, with all that waits behind it', async () => {
    await consumeThrough(consumer());
    obstacle = async () => undefined;
    const restarted = consumer();
    await publish(message('a', 4));
    await restarted.run(once);
    expect(restarted.parkedKeys()).toEqual(['a']);
    expect(await amounts('a')).toEqual([1]);
    expect(await restarted.release('a', once.signal)).toBe(true);
    expect(await amounts('a')).toEqual([1, 2, 3, 4]);
  });

  it('stays parked where another process takes its messages over, and is let go by whoever releases it', async () => {
    const other = consumer();
    await other.run({ signal: AbortSignal.abort(), untilCaughtUp: true });
    await consumeThrough(consumer());
    obstacle = async () => undefined;
    await publish(message('a', 4));
    await other.run(once);
    expect([await amounts('a'), other.parkedKeys()]).toEqual([[1], ['a']]);
    expect(await consumer().release('a', once.signal)).toBe(true);
    expect(await amounts('a')).toEqual([1, 2, 3, 4]);
    await publish(message('a', 5));
    await other.run(once);
    expect([await amounts('a'), other.parkedKeys()]).toEqual([[1, 2, 3, 4, 5], []]);
  });
});

it('a refusal will be the same tomorrow: it parks without a second attempt', async () => {
  await executor.execute(TALLY, 'a', { type: 'Seal', at: noon }, { commandId: 'seal', actor: { role: 'staff', id: 'clerk' }, correlationId: 'x', recordedAt: noon });
  await publish(message('a', 1));
  const who = consumer();
  expect(await consumeThrough(who)).toEqual([]);
  expect(who.parkedKeys()).toEqual(['a']);
  expect(alarms.entries[0]?.details['reason']).toBe('TALLY_SEALED: A sealed tally takes nothing more');
});

describe('a release', () => {
  const parkFirst = async (who: Consumer): Promise<void> => {
    failingFor('a', 1);
    await publish(message('a', 1));
    await consumeThrough(who);
  };

  it('takes along what comes in for its key meanwhile', async () => {
    const who = consumer();
    await parkFirst(who);
    obstacle = async (_id, amount) => {
      if (amount !== 1) return;
      await publish(message('a', 2));
      await who.run(once);
    };
    expect(await who.release('a', once.signal)).toBe(true);
    expect([await amounts('a'), who.parkedKeys()]).toEqual([[1, 2], []]);
  });

  it('takes along all that waits, however much it is', async () => {
    const who = consumer();
    await parkFirst(who);
    await publish(...Array.from({ length: LIMITS.pageRows }, (_, index) => message('a', index + 2)));
    await who.run(once);
    obstacle = async () => undefined;
    expect(await who.release('a', once.signal)).toBe(true);
    expect([(await amounts('a')).length, who.parkedKeys()]).toEqual([100, []]);
  });

  it('forgets nothing that is parked at its last moment', async () => {
    const stop = new AbortController();
    const isTaken = Promise.withResolvers<void>();
    let isLastMoment = false;
    const readModels: ReadModels = {
      get: (...args) => data.readModels.get(...args),
      find: (...args) => data.readModels.find(...args),
      scan: (collection) => data.readModels.scan(collection),
      servedVersion: (name) => data.readModels.servedVersion(name),
      promote: (...args) => data.readModels.promote(...args),
      async apply(collection, puts) {
        // Another one comes in while the last that waited is being taken off the list.
        if (isLastMoment && puts.some(({ body }) => body === null)) {
          isLastMoment = false;
          await publish(message('a', 2));
          await isTaken.promise;
        }
        await data.readModels.apply(collection, puts);
        if (puts.some(({ body }) => body?.['reason'] === 'behind an earlier message of its key')) isTaken.resolve();
      },
    };
    const who = consumer(readModels);
    await parkFirst(who);
    obstacle = async (_id, amount) => {
      if (amount === 2) isTaken.resolve();
    };
    const following = who.run({ signal: stop.signal });
    await publish(message('b', 1));
    isLastMoment = true;
    expect(await who.release('a', once.signal)).toBe(true);
    stop.abort();
    await following;
    expect([await amounts('a'), who.parkedKeys()]).toEqual([[1, 2], []]);
  });

  it('that is asked for twice at once is one', async () => {
    const who = consumer();
    await parkFirst(who);
    await publish(message('a', 2), message('a', 3));
    await who.run(once);
    obstacle = async () => undefined;
    expect(await Promise.all([who.release('a', once.signal), who.release('a', once.signal)])).toEqual([true, true]);
    expect([await amounts('a'), who.parkedKeys()]).toEqual([[1, 2, 3], []]);
  });
});
