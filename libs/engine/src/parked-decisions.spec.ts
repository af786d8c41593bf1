import { toRecord } from '@onedoor/testkit';
import { message, Orders } from '../test/orders.js';
import { noon, once } from '../test/tally.js';
import { PARKING_CATEGORY, type ParkedDecisions } from './parked-decisions.js';
import { parkedMessagesOf, parkedRowsOf } from './parked-keys.js';

let orders: Orders;

/** Three messages of one key wait, because the first of them fails. */
beforeEach(async () => {
  orders = new Orders();
  orders.failFor('a', 1);
  await orders.publish(message('a', 1), message('a', 2), message('b', 9), message('a', 3));
  await orders.consumeThrough(orders.consumer());
});

let decisions = 0;
async function decide<Type extends keyof ParkedDecisions>(type: Type, data: ParkedDecisions[Type]): Promise<void> {
  const stream = `${PARKING_CATEGORY}-counting.a.${(decisions += 1)}`;
  await orders.data.store.append(stream, 'no-stream', [toRecord({ type, at: noon, data })]);
}
const named = { group: 'counting', key: 'a' };
const parked = (): ReturnType<typeof parkedMessagesOf> => parkedMessagesOf('counting', 'a', orders.data.readModels);
const drop = async (count: number, group = 'counting'): Promise<void> =>
  decide('ParkedKeyDropped', { group, key: 'a', reason: 'Done by hand', messages: (await parked()).slice(0, count) });

describe('a dropped key', () => {
  it('is never handled: its later messages are, as if none had waited', async () => {
    await drop(3);
    const consumer = orders.consumer();
    await orders.consumeThrough(consumer);
    await orders.publish(message('a', 4));
    await consumer.run(once);
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[4], []]);
    expect(orders.alarms.entries.filter(({ message }) => message === 'parked key dropped')).toEqual([
      { message: 'parked key dropped', details: { group: 'counting', key: 'a', messages: 3 } },
    ]);
  });

  it('keeps what was not dropped, in order, with a retry of its own', async () => {
    await drop(1);
    await orders.consumeThrough(orders.consumer());
    expect([await orders.amounts('a'), await orders.parkedKeys()]).toEqual([[2, 3], []]);
  });

  it('is dropped once, whichever process does it and however often', async () => {
    await drop(1);
    await drop(1);
    await orders.consumeThrough(orders.consumer());
    await orders.data.checkpoints.advance('parking:counting', await orders.data.checkpoints.load('parking:counting'), null);
    await orders.consumer().run(once);
    expect(await orders.amounts('a')).toEqual([2, 3]);
  });

  it('of another group is left alone', async () => {
    await drop(3, 'another');
    await orders.consumeThrough(orders.consumer());
    expect(await parked()).toHaveLength(3);
  });

  it('is dropped by a consumer that is running', async () => {
    const stop = new AbortController();
    const running = orders.consumer().run({ signal: stop.signal });
    await drop(3);
    while ((await orders.parkedKeys()).length > 0) await new Promise(setImmediate);
    stop.abort();
    await running;
    expect(await orders.amounts('a')).toEqual([]);
  });
});

it('a released key is retried in the next round, not when its time comes', async () => {
  const stop = new AbortController();
  orders.clock.advance(3_600_000);
  await orders.consumeThrough(orders.consumer());
  const [before] = await parkedRowsOf('counting', orders.data.readModels, null, 10);
  orders.failForNone();
  const consumer = orders.consumer();
  const running = consumer.run({ signal: stop.signal });
  await decide('ParkedKeyReleased', named);
  let row = before;
  for (; row?.attempts === before?.attempts; [row] = await parkedRowsOf('counting', orders.data.readModels, null, 10))
    await new Promise(setImmediate);
  await orders.passTimeUntil(() => orders.alarms.messages.includes('parked key released'));
  stop.abort();
  await running;
  expect(orders.clock.now() < (before?.nextAt ?? '')).toBe(true);
  expect(await orders.amounts('a')).toEqual([1, 2, 3]);
});
