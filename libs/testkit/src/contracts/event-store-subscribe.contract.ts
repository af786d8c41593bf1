import { categoryOf, type EventStore, type RecordedEvent, type SubscriptionSignal, VoidPosition } from '@onedoor/engine';
import fc from 'fast-check';
import { type EventStoreUnderTest, readLog, sampleEvent, sampleEvents } from './event-store-under-test.js';

/** More than any adapter may buffer in memory for live subscribers. */
const FAR_BEHIND_APPENDS = 150;
const EVENTS_PER_APPEND = 64;

/** Subscribing to the log. */
export function subscribeContract(open: () => Promise<EventStoreUnderTest>): void {
  describe('subscribe', () => {
    let underTest: EventStoreUnderTest;
    let store: EventStore;
    let stop: AbortController;
    beforeEach(async () => {
      underTest = await open();
      store = underTest.store;
      stop = new AbortController();
    });
    afterEach(async () => {
      stop.abort();
      await underTest.close();
    });
    const follow = (options: { after?: string | null; categories?: readonly string[] } = {}) =>
      store.subscribe({ after: null, signal: stop.signal, ...options })[Symbol.asyncIterator]();

    it('reports an empty store as caught up at no position', async () => {
      expect(await store.head()).toBeNull();
      expect(await readLog(store)).toEqual({ events: [], position: null });
    });

    it('delivers past events, then `caught-up`, then live events', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('past', 2));
      const signals = follow();
      expect(idsOf(await signals.next())).toEqual(['past.0', 'past.1']);
      expect(await signals.next()).toEqual({ done: false, value: { kind: 'caught-up', position: await store.head() } });
      const next = signals.next();
      const live = sampleEvent('live');
      await store.append('note-1', 1, [live]);
      const page = await next;
      expect(idsOf(page)).toEqual(['live']);
      expect(page.value).toMatchObject({ position: await store.head(), events: [{ ...live, stream: 'note-1', revision: 2 }] });
    });

    it('delivers the same events to a live subscriber and to a later one', async () => {
      const signals = follow();
      await signals.next();
      const live = take(signals, 120);
      const write = async (stream: string): Promise<void> => {
        for (let index = 0; index < 10; index++) {
          await store.append(stream, index === 0 ? 'no-stream' : index * 2 - 1, sampleEvents(`${stream}.${index}`, 2));
        }
      };
      await Promise.all(Array.from({ length: 6 }, (_, index) => write(`note-${index}`)));
      const seen = await live;
      expect(seen).toEqual((await readLog(store)).events);
      const positions = seen.map(({ position }) => position);
      expect([...new Set(positions)].sort()).toEqual(positions);
      for (const [, events] of Map.groupBy(seen, ({ stream }) => stream)) {
        expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
      }
    });

    it('resumes from any position with exactly the remaining events, in pages of any size', async () => {
      for (let index = 0; index < 15; index++) await store.append(`note-${index}`, 'no-stream', sampleEvents(`${index}`, 1 + (index % 4)));
      const all = (await readLog(store)).events;
      await fc.assert(
        fc.asyncProperty(fc.nat(all.length - 1), fc.integer({ min: 1, max: all.length + 1 }), async (index, pageSize) => {
          const rest = await readLog(store, { after: all[index]?.position ?? null, pageSize });
          expect(rest).toEqual({ events: all.slice(index + 1), position: all.at(-1)?.position });
        }),
        { numRuns: 60 },
      );
    });

    it('puts at most `pageSize` events in a page', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 7));
      const sizes: number[] = [];
      for await (const next of store.subscribe({ after: null, pageSize: 3, signal: stop.signal })) {
        if (next.kind === 'caught-up') break;
        sizes.push(next.events.length);
        expect(next.position).toBe(next.events.at(-1)?.position);
      }
      expect(sizes).toEqual([3, 3, 1]);
    });

    it('delivers only the wanted categories, and moves its position past the others', async () => {
      for (const stream of ['note-1', 'notebook-1', 'task-1', 'note-2', 'memo-1'])
        await store.append(stream, 'no-stream', sampleEvents(stream, 2));
      const { events, position } = await readLog(store, { categories: ['note', 'task'], pageSize: 100 });
      expect(events.map(({ id }) => id)).toEqual(['note-1.0', 'note-1.1', 'task-1.0', 'task-1.1', 'note-2.0', 'note-2.1']);
      expect(position).toBe(await store.head());
      expect(events.every(({ stream }) => ['note', 'task'].includes(categoryOf(stream)))).toBe(true);
      expect(await readLog(store, { categories: ['note'], after: events[1]?.position ?? null })).toMatchObject({
        events: [{ id: 'note-2.0' }, { id: 'note-2.1' }],
      });

      const signals = follow({ categories: ['memo'], after: position });
      await signals.next();
      const next = signals.next();
      await store.append('note-1', 1, sampleEvents('unwanted', 2));
      await store.append('memo-2', 'no-stream', [sampleEvent('wanted')]);
      expect(idsOf(await next)).toEqual(['wanted']);
    });

    it('ends when the signal fires, while waiting and while reading', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 3));
      const signals = follow();
      await signals.next();
      await signals.next();
      const waiting = signals.next();
      stop.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await follow().next()).toEqual({ done: true, value: undefined });
      const midway = new AbortController();
      let pages = 0;
      for await (const _ of store.subscribe({ after: null, pageSize: 1, signal: midway.signal })) {
        pages++;
        midway.abort();
      }
      expect(pages).toBe(1);
    });

    it('loses nothing for a consumer that falls far behind, and blocks no writer meanwhile', async () => {
      const signals = follow();
      await signals.next();
      const first = signals.next();
      await store.append('note-0', 'no-stream', [sampleEvent('first')]);
      await first;
      await Promise.all(
        Array.from({ length: FAR_BEHIND_APPENDS }, (_, index) =>
          store.append(`note-${index + 1}`, 'no-stream', sampleEvents(`${index}`, EVENTS_PER_APPEND)),
        ),
      );
      const late = await take(signals, FAR_BEHIND_APPENDS * EVENTS_PER_APPEND);
      const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id);
      expect(ids(late)).toEqual(ids((await readLog(store)).events).slice(1));
    });

    it('refuses a position of another incarnation', async () => {
      const another = await open();
      try {
        await another.store.append('note-1', 'no-stream', [sampleEvent('elsewhere')]);
        await expect(readLog(store, { after: await another.store.head() })).rejects.toThrow(VoidPosition);
      } finally {
        await another.close();
      }
    });
  });
}

function idsOf({ value }: IteratorResult<SubscriptionSignal>): readonly string[] {
  const signal = value as SubscriptionSignal;
  return signal.kind === 'page' ? signal.events.map(({ id }) => id) : [];
}

/** The next `count` events of a subscription. */
async function take(signals: AsyncIterator<SubscriptionSignal>, count: number): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  while (events.length < count) {
    const { value, done } = await signals.next();
    if (done) throw new Error('The subscription ended early');
    if (value.kind === 'page') events.push(...value.events);
  }
  return events;
}
