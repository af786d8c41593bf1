import { type BusMessage, Unavailable } from '@onedoor/engine';
import { firstCopies, kafkaWorld, type KafkaWorld, lossyBroker, numbered, until, upTo } from '../../test/kafka-world.js';
import { apiOf, type Fate, type LossyProxy } from '../../test/lossy-proxy.js';
import { settledWithin } from '../shared/waits.js';

const KEYS = 20;
const COUNT = 200;
const FETCH = 1;
const LIST_OFFSETS = 2;
const METADATA = 3;
const OFFSET_FETCH = 9;

/** The broker must advertise the proxy that tampers with answers: one that runs elsewhere does not. */
const withProxy = process.env['ONEDOOR_ENGINES'] === undefined ? it.skip : it;

describe('an answer of Kafka', () => {
  let world: KafkaWorld;
  let proxy: LossyProxy | undefined;
  let stop: AbortController;
  let fateOf: (api: number, answer: Buffer) => Fate;
  let handled: number[];
  beforeEach(() => {
    world = kafkaWorld();
    stop = new AbortController();
    fateOf = () => 'passes';
    handled = [];
  });
  afterEach(async () => {
    fateOf = () => 'passes';
    stop.abort();
    await world.close();
    proxy?.close();
  });

  const handler = async (page: readonly BusMessage[]): Promise<void> => void handled.push(...page.map(({ event }) => Number(event.id)));
  const openByTheDoor = async () => {
    proxy = await lossyBroker((request, answer) => fateOf(apiOf(request), answer));
    return world.open({ brokers: [`127.0.0.1:${proxy.port}`], partitions: 3 });
  };
  const catchUp = (bus: Awaited<ReturnType<KafkaWorld['open']>>['bus']): Promise<void> =>
    bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal, untilCaughtUp: true });

  withProxy('skips nothing where connections end in the middle of a fetch', async () => {
    const { bus } = await openByTheDoor();
    await bus.declare(['city']);
    for (let page = 0; page < COUNT; page += 20) await bus.publish(upTo(20).map((index) => numbered(page + index, KEYS)));
    let fetches = 0;
    fateOf = (api) => (api === FETCH && ++fetches <= 2 ? 'is cut' : 'passes');
    await catchUp(bus);
    expect(proxy?.harmed()).toBe(2);
    expect(firstCopies(handled, KEYS)).toEqual(firstCopies(upTo(COUNT), KEYS));
  });

  withProxy('is no end where it falls behind what was published, as while a broker loads its log', async () => {
    const { bus } = await openByTheDoor();
    await bus.declare(['city']);
    await bus.publish(upTo(COUNT).map((number) => numbered(number, KEYS)));
    let answers = 0;
    // The driver asks twice for an answer: for the end offsets, then for the first ones.
    fateOf = (api, answer) => (api === LIST_OFFSETS && ++answers <= 4 ? withoutOffsets(answer) : 'passes');
    await catchUp(bus);
    expect(firstCopies(handled, KEYS)).toEqual(firstCopies(upTo(COUNT), KEYS));
    expect(world.alarms.map(({ message }) => message)).toContain('kafka answers less than is known');
  });

  withProxy('is no end where it falls behind what the group has handled, as another process knows', async () => {
    const { bus } = await openByTheDoor();
    await bus.declare(['city']);
    const other = await world.open({ partitions: 3 });
    await other.bus.publish(upTo(COUNT).map((number) => numbered(number, KEYS)));
    await catchUp(other.bus);
    handled = [];
    await other.bus.publish(upTo(COUNT).map((number) => numbered(COUNT + number, KEYS)));
    let answers = 0;
    fateOf = (api, answer) => (api === LIST_OFFSETS && ++answers <= 4 ? withoutOffsets(answer) : 'passes');
    await other.close();
    await catchUp(bus);
    expect([...new Set(handled)].toSorted((one, another) => one - another)).toEqual(upTo(COUNT).map((number) => COUNT + number));
  });

  withProxy('makes a group read again, and skip nothing, where it says that the group never began', async () => {
    const { bus } = await openByTheDoor();
    await bus.declare(['city']);
    await bus.publish(upTo(COUNT).map((number) => numbered(number, KEYS)));
    const other = await world.open({ partitions: 3 });
    await catchUp(other.bus);
    await other.close();
    handled = [];
    await bus.publish(upTo(COUNT).map((number) => numbered(COUNT + number, KEYS)));
    fateOf = (api, answer) => (api === OFFSET_FETCH ? neverBegun(answer) : 'passes');
    await catchUp(bus);
    expect(firstCopies(handled, KEYS)).toEqual(firstCopies(upTo(2 * COUNT), KEYS));
  });

  withProxy('is waited for no longer than the bus is open', async () => {
    const { bus, close, dependency } = await openByTheDoor();
    await bus.declare(['city']);
    await bus.publish([numbered(0, KEYS)]);
    let held = 0;
    fateOf = () => {
      held += 1;
      return 'is held';
    };
    const asked = [catchUp(bus), bus.publish([numbered(1, KEYS)]), bus.declare(['city'])];
    const failures = Promise.all(asked.map((answer) => answer.catch((error: unknown) => error)));
    await until(() => held >= 2);
    const closed = close();
    expect(await settledWithin(failures, 6_000)).toBe(true);
    expect(await failures).toEqual(asked.map(() => expect.any(Unavailable)));
    expect(await settledWithin(closed, 6_000)).toBe(true);
    expect(dependency.outage()).toBeNull();
  });

  withProxy('that does not come is an outage: told twice, and shown meanwhile', async () => {
    const { bus, check, dependency } = await openByTheDoor();
    await bus.declare(['city']);
    fateOf = () => 'is lost';
    const ask = (): Promise<unknown> => check().catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable));
    while (dependency.outage() === null) await ask();
    fateOf = () => 'passes';
    while (dependency.outage() !== null) await ask();
    const told = world.alarms.filter(({ message }) => /answer/.test(message));
    expect(told.map(({ message }) => message)).toEqual(['Kafka does not answer', 'Kafka answers again']);
    expect(JSON.stringify(told)).not.toContain('127.0.0.1');
  });

  withProxy('that does not come is an outage until a consumer reads again, though nothing else is asked', async () => {
    const { bus, check, dependency } = await openByTheDoor();
    await bus.declare(['city']);
    await bus.publish([numbered(0, KEYS)]);
    const following = bus.consume({ topics: ['city'], group: 'readers', handler, signal: stop.signal });
    await until(() => handled.length === 1);
    // Each question begins with the cluster's metadata: none succeeds from here on.
    const withFetches = (fate: Fate) => (api: number) => (api === METADATA ? 'is lost' : api === FETCH ? fate : 'passes');
    fateOf = withFetches('is held');
    while (dependency.outage() === null) await check().catch(() => undefined);
    fateOf = withFetches('passes');
    await until(() => dependency.outage() === null);
    stop.abort();
    await following;
  });
});

/** Size, correlation id, throttle time, one topic and its name; then the count of its partitions, and the partitions. */
const partitionsAt = (answer: Buffer): number => 4 + 4 + 4 + 4 + 2 + answer.readInt16BE(16) + 4;

/** The end offsets of a topic's partitions, all set to 0: partition, error and timestamp come before the offset. */
function withoutOffsets(answer: Buffer): Buffer {
  const changed = Buffer.from(answer);
  for (let at = partitionsAt(changed); at < changed.length; at += 22) changed.writeBigInt64BE(0n, at + 14);
  return changed;
}

/** Committed offsets as of a group that never committed: the partition comes before the offset, metadata and error behind it. */
function neverBegun(answer: Buffer): Buffer {
  const changed = Buffer.from(answer);
  const end = changed.length - 2;
  for (let at = partitionsAt(changed); at < end; at += 16 + Math.max(0, changed.readInt16BE(at + 12))) changed.writeBigInt64BE(-1n, at + 4);
  return changed;
}
