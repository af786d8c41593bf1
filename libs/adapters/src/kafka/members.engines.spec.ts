import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusMessage } from '@onedoor/engine';
import kafkajs from 'kafkajs';
import { startChild } from '../../test/child.js';
import { firstCopies, kafkaWorld, type KafkaWorld, numbered, until, upTo } from '../../test/kafka-world.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { settledWithin } from '../shared/waits.js';

const KEYS = 20;

describe('members of a group on Kafka', () => {
  let world: KafkaWorld;
  let stop: AbortController;
  beforeEach(() => {
    world = kafkaWorld();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await world.close();
  });

  it('lose nothing and keep the order of each key while members are killed and others come', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'effects');
    writeFileSync(file, '');
    const effects = (): readonly number[] => readFileSync(file, 'utf8').split('\n').slice(0, -1).map(Number);
    const { bus } = await world.open();
    await bus.declare(['city']);
    const member = async () => {
      const child = startChild('./consume-until-killed.mjs', [world.prefix, file]);
      await child.nextLine();
      return child;
    };
    const members = [await member(), await member()];
    let published = 0;
    const publishThrough = async (count: number): Promise<void> => {
      while (published < count) await bus.publish(upTo(20).map(() => numbered(published++, KEYS)));
    };
    for (const round of [1, 2, 3]) {
      await publishThrough(round * 500);
      await until(() => effects().length > (round - 1) * 500);
      members.shift()?.kill();
      members.push(await member());
    }
    await until(() => new Set(effects()).size === published);
    for (const child of members) child.kill();
    expect(firstCopies(effects(), KEYS)).toEqual(firstCopies(upTo(published), KEYS));
    remove();
  });

  it('stay members, handle other partitions and take part in rebalances while a handler outlasts their session', async () => {
    const first = await world.open();
    await first.bus.declare(['city']);
    await first.bus.publish([numbered(0, KEYS)]);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const begun: number[] = [];
    const done = new Set<number>();
    const handler = async (page: readonly BusMessage[]): Promise<void> => {
      for (const { event } of page) {
        begun.push(Number(event.id));
        if (event.id === '0') await released;
        done.add(Number(event.id));
      }
    };
    const consumptions = [first.bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal })];
    await until(() => begun.includes(0));
    const handedAt = performance.now();
    const second = await world.open();
    consumptions.push(second.bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal }));
    await until(() => second.members()[0]?.isJoined === true);

    // Keys whose partition is another one than that of the first message.
    let next = 1;
    while (performance.now() - handedAt < 4_000) {
      const number = next++ * KEYS + 1;
      await first.bus.publish([numbered(number, KEYS)]);
      await until(() => done.has(number));
    }
    expect(done.has(0)).toBe(false);
    expect([...first.members(), ...second.members()].map(({ replacements }) => replacements)).toEqual([0, 0]);
    release();
    await until(() => done.has(0));
    stop.abort();
    await Promise.all(consumptions);

    const third = await world.open();
    const again: string[] = [];
    const take = async (page: readonly BusMessage[]): Promise<void> => void again.push(...page.map(({ event }) => event.id));
    await first.close();
    await second.close();
    await third.bus.consume({
      topics: ['city'],
      group: 'readers',
      handler: take,
      signal: new AbortController().signal,
      untilCaughtUp: true,
    });
    // The page in progress during a rebalance may come again; no other one does.
    expect(again.filter((id) => id !== '0')).toEqual([]);
  });

  it('are caught up when another process handles what stands there', async () => {
    const [first, second] = [await world.open(), await world.open()];
    await first.bus.declare(['city']);
    const handled: number[] = [];
    const handler = async (page: readonly BusMessage[]): Promise<void> => void handled.push(...page.map(({ event }) => Number(event.id)));
    const following = first.bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal });
    await until(() => first.members()[0]?.isJoined === true);
    for (const round of [0, 1, 2]) {
      await first.bus.publish(upTo(100).map((number) => numbered(round * 100 + number, KEYS)));
      await second.bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal, untilCaughtUp: true });
      expect(new Set(handled).size).toBe((round + 1) * 100);
    }
    stop.abort();
    await following;
  });

  it('skip what is no event of ours, and say where it stands', async () => {
    const { bus } = await world.open();
    await bus.declare(['city']);
    const producer = new kafkajs.Kafka({ brokers: [...world.brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const foreign = ['not json', '"text"', '{"specversion":"1.0"}', null, Buffer.from([0xff, 0xfe])];
    await producer.send({ topic: `${world.prefix}city`, messages: foreign.map((value) => ({ key: 'key-1', value })) });
    await producer.disconnect();
    await bus.publish([numbered(1, KEYS)]);
    const handled: string[] = [];
    const take = async (page: readonly BusMessage[]): Promise<void> => void handled.push(...page.map(({ event }) => event.id));
    await bus.consume({ topics: ['city'], group: 'readers', handler: take, signal: stop.signal, untilCaughtUp: true });
    expect(handled).toEqual(['1']);
    const skipped = world.alarms.filter(({ message }) => message.startsWith('message skipped'));
    expect(skipped.map(({ details }) => [details['topic'], details['offset']])).toEqual(
      foreign.map((_, offset) => ['city', String(offset)]),
    );
  });

  it('go on with what is left, and say so, when retention was quicker than they', async () => {
    const { bus } = await world.open();
    await bus.declare(['city']);
    const handled: number[] = [];
    const take = async (page: readonly BusMessage[]): Promise<void> => void handled.push(...page.map(({ event }) => Number(event.id)));
    await bus.publish([numbered(0, 1)]);
    await bus.consume({ topics: ['city'], group: 'readers', handler: take, signal: stop.signal, untilCaughtUp: true });
    await world.close();

    const later = await world.open();
    await later.bus.publish([1, 2, 3, 4].map((number) => numbered(number, 1)));
    const admin = new kafkajs.Kafka({ brokers: [...world.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const topic = `${world.prefix}city`;
    const partition = (await admin.fetchTopicOffsets(topic)).find(({ high }) => high === '5')?.partition ?? -1;
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: '3' }] });
    await admin.disconnect();
    await later.bus.consume({ topics: ['city'], group: 'readers', handler: take, signal: stop.signal, untilCaughtUp: true });
    expect(handled).toEqual([0, 3, 4]);
    expect(world.alarms).toContainEqual({
      message: 'messages fell out of retention before they were handled',
      details: { group: 'readers', topic: 'city', partition, messages: 2 },
    });
  });

  it('consume nothing after they were closed', async () => {
    const [first, second] = [await world.open(), await world.open()];
    await first.bus.declare(['city']);
    const handled: string[] = [];
    const take = async (page: readonly BusMessage[]): Promise<void> => void handled.push(...page.map(({ event }) => event.id));
    const following = first.bus.consume({ topics: ['city'], group: 'readers', handler: take, signal: stop.signal });
    await second.bus.publish([numbered(0, KEYS)]);
    await until(() => handled.length === 1);
    await first.close();
    await following;
    await second.bus.publish([numbered(1, KEYS)]);
    const others: string[] = [];
    const takeToo = async (page: readonly BusMessage[]): Promise<void> => void others.push(...page.map(({ event }) => event.id));
    await second.bus.consume({ topics: ['city'], group: 'readers', handler: takeToo, signal: stop.signal, untilCaughtUp: true });
    expect([handled, others]).toEqual([['0'], ['1']]);
  });

  it('end while no broker is there', async () => {
    const away = await world.open({ brokers: ['127.0.0.1:9'] });
    const consumption = away.bus.consume({ topics: ['city'], group: 'readers', handler: async () => undefined, signal: stop.signal });
    await until(() => world.alarms.length > 0);
    stop.abort();
    await consumption;
    expect(await settledWithin(away.close(), 5_000)).toBe(true);
  });
});
