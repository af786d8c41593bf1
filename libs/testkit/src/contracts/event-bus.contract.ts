import { type BusMessage, type EventBus, Unavailable } from '@onedoor/engine';
import { until } from '../until.js';

interface EventBusUnderTest {
  readonly bus: EventBus;
  /** Closes the bus and opens it again over the same messages. */
  reopen(): Promise<EventBus>;
  close(): Promise<void>;
}

const TOPICS = ['city', 'elsewhere', 'first', 'second'];

/**
 * The guarantees of every event bus. `open` gives a new and empty one each time. Order is guaranteed per key of a topic only, so the
 * delivered messages are compared per `topic/key`.
 */
export function eventBusContract(name: string, open: () => Promise<EventBusUnderTest>): void {
  describe(`${name} as an event bus`, () => {
    let underTest: EventBusUnderTest;
    let bus: EventBus;
    let stop: AbortController;
    beforeEach(async () => {
      underTest = await open();
      bus = underTest.bus;
      stop = new AbortController();
      await bus.declare(TOPICS);
    });
    afterEach(async () => {
      stop.abort();
      await underTest.close();
    });

    /** The messages delivered to a group up to the tail. */
    const drain = async (group: string, topics: readonly string[] = ['city'], from: EventBus = bus): Promise<Delivered> => {
      const delivered: BusMessage[] = [];
      await from.consume({
        topics,
        group,
        signal: stop.signal,
        untilCaughtUp: true,
        handler: async (page) => void delivered.push(...page),
      });
      return byKey(delivered);
    };

    it('accepts the declaration of an existing topic', async () => {
      await bus.publish([message('a', 'one')]);
      await bus.declare(TOPICS);
      expect(await drain('readers')).toEqual({ 'city/one': ['a'] });
    });

    it('delivers every message of the wanted topics to a group, and none again that it took', async () => {
      await bus.publish([message('a', 'one'), message('b', 'one', 'elsewhere'), message('c', 'two')]);
      await bus.publish([message('d', 'one')]);
      expect(await drain('readers')).toEqual({ 'city/one': ['a', 'd'], 'city/two': ['c'] });
      expect(await drain('readers')).toEqual({});
      await bus.publish([message('e', 'one')]);
      expect(await drain('readers')).toEqual({ 'city/one': ['e'] });
    });

    it('delivers a message unchanged', async () => {
      const sent = message('whole', 'one', 'city', { text: 'Ünïcode 🕳️', list: [1, null, { deep: true }] });
      const delivered: BusMessage[] = [];
      const consuming = bus.consume({
        topics: ['city'],
        group: 'readers',
        signal: stop.signal,
        handler: async (page) => {
          delivered.push(...page);
          stop.abort();
        },
      });
      await bus.publish([sent]);
      await consuming;
      expect(delivered).toEqual([sent]);
    });

    it('keeps the order of each key over many pages', async () => {
      const sent = Array.from({ length: 1_500 }, (_, index) => message(String(index), `key-${index % 7}`));
      for (let start = 0; start < sent.length; start += 100) await bus.publish(sent.slice(start, start + 100));
      expect(await drain('readers')).toEqual(byKey(sent));
    });

    it('serves each group independently', async () => {
      await bus.publish([message('a', 'one'), message('b', 'two')]);
      expect(await drain('early')).toEqual({ 'city/one': ['a'], 'city/two': ['b'] });
      await bus.publish([message('c', 'one')]);
      expect(await drain('late')).toEqual({ 'city/one': ['a', 'c'], 'city/two': ['b'] });
      expect(await drain('early')).toEqual({ 'city/one': ['c'] });
    });

    it('delivers a topic that a group adds later from its beginning', async () => {
      await bus.publish([message('a', 'one', 'second'), message('b', 'one', 'first'), message('c', 'one', 'second')]);
      expect(await drain('readers', ['first'])).toEqual({ 'first/one': ['b'] });
      expect(await drain('readers', ['first', 'second'])).toEqual({ 'second/one': ['a', 'c'] });
    });

    it('tells how many messages of its topics wait for a group, and the first of them where it can without fetching', async () => {
      // For a moment no broker may lead a topic that was just made, which is `Unavailable`.
      let atFirst: unknown = null;
      await until(async () => {
        atFirst = await bus.waiting('readers', ['first', 'second']).catch(ofUnavailable);
        return atFirst !== null;
      });
      expect(atFirst).toEqual({ messages: 0, first: null });
      await bus.publish([message('a', 'one', 'first'), message('b', 'one', 'elsewhere')]);
      await drain('readers', ['first']);
      await bus.publish([message('c', 'one', 'elsewhere'), message('d', 'two', 'second'), message('e', 'one', 'first')]);
      const { messages, first } = await bus.waiting('readers', ['first', 'second']);
      expect([messages, first?.id ?? 'd']).toEqual([2, 'd']);
      await drain('readers', ['first', 'second']);
      expect(await bus.waiting('readers', ['first', 'second'])).toEqual({ messages: 0, first: null });
    });

    it('delivers the same page again while the handler throws, and no later message of its keys before it', async () => {
      await bus.publish([message('a', 'one'), message('b', 'one')]);
      const pages: string[][] = [];
      await bus.consume({
        topics: ['city'],
        group: 'readers',
        signal: stop.signal,
        untilCaughtUp: true,
        handler: async (page) => {
          pages.push(page.map(({ event }) => event.id));
          if (pages.length === 1) await bus.publish([message('c', 'one')]);
          if (pages.length < 3) throw new Error('not yet');
        },
      });
      expect(pages.slice(0, 3)).toEqual([pages[0], pages[0], pages[0]]);
      // A message published while a group catches up may be delivered at once or the next time.
      const later = await drain('readers');
      expect([...pages.slice(2).flat(), ...(later['city/one'] ?? [])]).toEqual(['a', 'b', 'c']);
    });

    it('delivers a page again to the next consumer when the handler never accepted it', async () => {
      await bus.publish([message('a', 'one')]);
      const failing = bus.consume({
        topics: ['city'],
        group: 'readers',
        signal: stop.signal,
        handler: async () => {
          stop.abort();
          throw new Error('never');
        },
      });
      await failing;
      stop = new AbortController();
      expect(await drain('readers')).toEqual({ 'city/one': ['a'] });
    });

    it('wakes a waiting consumer, and lets it finish its current page when the signal fires', async () => {
      const { promise: delivered, resolve: isDelivered } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let hasEnded = false;
      const consuming = bus
        .consume({
          topics: ['city'],
          group: 'readers',
          signal: stop.signal,
          handler: () => {
            isDelivered();
            return released;
          },
        })
        .then(() => (hasEnded = true));
      await bus.publish([message('a', 'one')]);
      await delivered;
      stop.abort();
      await new Promise((resolve) => setImmediate(resolve));
      expect(hasEnded).toBe(false);
      release();
      await consuming;
      stop = new AbortController();
      expect(await drain('readers')).toEqual({});
    });

    it('ends a waiting consumer when the signal fires', async () => {
      const consuming = bus.consume({ topics: ['city'], group: 'readers', signal: stop.signal, handler: async () => undefined });
      stop.abort();
      await expect(consuming).resolves.toBeUndefined();
    });

    it('does not report a consumer as caught up when closing the bus ended it', async () => {
      await bus.publish(Array.from({ length: 600 }, (_, index) => message(String(index), 'one')));
      const { promise: delivered, resolve: isDelivered } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const handler = (): Promise<void> => {
        isDelivered();
        return released;
      };
      const catchingUp = bus
        .consume({ topics: ['city'], group: 'readers', signal: stop.signal, untilCaughtUp: true, handler })
        .catch((error: unknown) => error);
      await delivered;
      const closed = underTest.close();
      release();
      await closed;
      expect(await catchingUp).toBeInstanceOf(Unavailable);
    });

    it('resumes where a group left off after it was opened again', async () => {
      await bus.publish([message('a', 'one'), message('b', 'one', 'second')]);
      expect(await drain('readers')).toEqual({ 'city/one': ['a'] });
      await bus.publish([message('c', 'one')]);
      const reopened = await underTest.reopen();
      expect(await drain('readers', ['city'], reopened)).toEqual({ 'city/one': ['c'] });
      await reopened.publish([message('d', 'one')]);
      expect(await drain('readers', ['city'], reopened)).toEqual({ 'city/one': ['d'] });
      expect(await drain('others', ['city', 'second'], reopened)).toEqual({ 'city/one': ['a', 'c', 'd'], 'second/one': ['b'] });
    });
  });
}

type Delivered = Readonly<Record<string, readonly string[]>>;

/** The ids of messages by topic and key, each in their order. */
function byKey(messages: readonly BusMessage[]): Delivered {
  const groups = Map.groupBy(messages, ({ topic, event }) => `${topic}/${event.subject}`);
  return Object.fromEntries([...groups].map(([key, kept]) => [key, kept.map(({ event }) => event.id)]));
}

/** Null in place of an outage. */
function ofUnavailable(error: unknown): null {
  if (error instanceof Unavailable) return null;
  throw error;
}

function message(id: string, subject: string, topic = 'city', data: unknown = { id }): BusMessage {
  return {
    topic,
    event: {
      specversion: '1.0',
      id,
      source: '/onedoor/contract',
      type: 'gov.onedoor.contract.note.taken.v1',
      subject,
      time: '2026-03-01T08:00:00.000Z',
      datacontenttype: 'application/json',
      sequence: '0000000000',
      correlationid: id,
      causationid: id,
      jurisdiction: 'city',
      data,
    },
  };
}
