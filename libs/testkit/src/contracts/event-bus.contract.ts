import { type BusMessage, type EventBus, Unavailable } from '@onedoor/engine';

export interface EventBusUnderTest {
  readonly bus: EventBus;
  /** Closes the bus and opens it again over the same messages. */
  reopen(): Promise<EventBus>;
  close(): Promise<void>;
}

const TOPICS = ['city', 'elsewhere', 'first', 'second'];

/**
 * What every bus keeps. `open` gives a new and empty one each time. Order is promised for each key of a topic and for nothing
 * else, so that is how it is compared: what was handed is sorted into `topic/key`.
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

    /** What a group is handed up to the tail. */
    const drain = async (group: string, topics: readonly string[] = ['city'], from: EventBus = bus): Promise<Handed> => {
      const handed: BusMessage[] = [];
      await from.consume({
        topics,
        group,
        signal: stop.signal,
        untilCaughtUp: true,
        handler: async (page) => void handed.push(...page),
      });
      return sorted(handed);
    };

    it('takes the declaration of a topic that is there', async () => {
      await bus.publish([message('a', 'one')]);
      await bus.declare(TOPICS);
      expect(await drain('readers')).toEqual({ 'city/one': ['a'] });
    });

    it('hands every message of the wanted topics to a group, once it took the ones before', async () => {
      await bus.publish([message('a', 'one'), message('b', 'one', 'elsewhere'), message('c', 'two')]);
      await bus.publish([message('d', 'one')]);
      expect(await drain('readers')).toEqual({ 'city/one': ['a', 'd'], 'city/two': ['c'] });
      expect(await drain('readers')).toEqual({});
      await bus.publish([message('e', 'one')]);
      expect(await drain('readers')).toEqual({ 'city/one': ['e'] });
    });

    it('keeps a message whole', async () => {
      const sent = message('whole', 'one', 'city', { text: 'Ünïcode 🕳️', list: [1, null, { deep: true }] });
      const handed: BusMessage[] = [];
      const consuming = bus.consume({
        topics: ['city'],
        group: 'readers',
        signal: stop.signal,
        handler: async (page) => {
          handed.push(...page);
          stop.abort();
        },
      });
      await bus.publish([sent]);
      await consuming;
      expect(handed).toEqual([sent]);
    });

    it('keeps the order of each key over many pages', async () => {
      const sent = Array.from({ length: 1_500 }, (_, index) => message(String(index), `key-${index % 7}`));
      for (let start = 0; start < sent.length; start += 100) await bus.publish(sent.slice(start, start + 100));
      expect(await drain('readers')).toEqual(sorted(sent));
    });

    it('serves each group for itself', async () => {
      await bus.publish([message('a', 'one'), message('b', 'two')]);
      expect(await drain('early')).toEqual({ 'city/one': ['a'], 'city/two': ['b'] });
      await bus.publish([message('c', 'one')]);
      expect(await drain('late')).toEqual({ 'city/one': ['a', 'c'], 'city/two': ['b'] });
      expect(await drain('early')).toEqual({ 'city/one': ['c'] });
    });

    it('hands a topic that a group takes up later from its beginning', async () => {
      await bus.publish([message('a', 'one', 'second'), message('b', 'one', 'first'), message('c', 'one', 'second')]);
      expect(await drain('readers', ['first'])).toEqual({ 'first/one': ['b'] });
      expect(await drain('readers', ['first', 'second'])).toEqual({ 'second/one': ['a', 'c'] });
    });

    it('hands the same page again while the handler throws, and nothing of its keys before it', async () => {
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
      // What comes while a group is catching up may be handed to it at once or the next time.
      const later = await drain('readers');
      expect([...pages.slice(2).flat(), ...(later['city/one'] ?? [])]).toEqual(['a', 'b', 'c']);
    });

    it('hands a page anew to the next consumer when the handler never took it', async () => {
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

    it('wakes a waiting consumer, and lets it finish the page in hand when the signal fires', async () => {
      const { promise: handed, resolve: isHanded } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      let hasEnded = false;
      const consuming = bus
        .consume({
          topics: ['city'],
          group: 'readers',
          signal: stop.signal,
          handler: () => {
            isHanded();
            return released;
          },
        })
        .then(() => (hasEnded = true));
      await bus.publish([message('a', 'one')]);
      await handed;
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

    it('calls nothing caught up that its own closing ended', async () => {
      await bus.publish(Array.from({ length: 600 }, (_, index) => message(String(index), 'one')));
      const { promise: handed, resolve: isHanded } = Promise.withResolvers<void>();
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const handler = (): Promise<void> => {
        isHanded();
        return released;
      };
      const catchingUp = bus
        .consume({ topics: ['city'], group: 'readers', signal: stop.signal, untilCaughtUp: true, handler })
        .catch((error: unknown) => error);
      await handed;
      const closed = underTest.close();
      release();
      await closed;
      expect(await catchingUp).toBeInstanceOf(Unavailable);
    });

    it('goes on where a group left off after it was opened again', async () => {
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

type Handed = Readonly<Record<string, readonly string[]>>;

/** The ids of messages by topic and key, each in their order. */
function sorted(messages: readonly BusMessage[]): Handed {
  const lanes = Map.groupBy(messages, ({ topic, event }) => `${topic}/${event.subject}`);
  return Object.fromEntries([...lanes].map(([lane, kept]) => [lane, kept.map(({ event }) => event.id)]));
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
