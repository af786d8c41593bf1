import fc from 'fast-check';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import { AlarmLog, HastyClock, shortAnswers, toRecord } from '@onedoor/testkit';
import { noon } from '../test/tally.js';
import { followed, type FollowedOptions } from './followed.js';
import type { EventStore, RecordedEvent, SubscriptionSignal } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

let data: MemoryData;
let alarms: AlarmLog;
let clock: HastyClock;

beforeEach(async () => {
  data = openMemory();
  alarms = new AlarmLog();
  clock = new HastyClock(noon);
  for (let revision = 0; revision < 4; revision++) {
    for (const stream of ['tally-a', 'tally-b', 'other-a'])
      await data.store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [toRecord({ type: 'Added', at: noon, data: {} })]);
  }
});

/** All events up to the tail. */
async function eventsOf(
  store: EventStore,
  options: Partial<FollowedOptions> = {},
): Promise<{ readonly events: readonly RecordedEvent[]; readonly caughtUpAt: string | null }> {
  const events: RecordedEvent[] = [];
  for await (const next of followed(
    { store, clock, alarm: alarms.alarm },
    { after: null, categories: ['tally'], pageSize: 3, signal: new AbortController().signal, ...options },
  )) {
    if (next.kind === 'caught-up') return { events, caughtUpAt: next.position };
    events.push(...next.events);
  }
  throw new Error('It ended');
}

/** The log, with one of these changes applied to each of its first subscriptions. */
function changed(
  ...changes: readonly ((next: SubscriptionSignal) => readonly SubscriptionSignal[])[]
): EventStore & { readonly subscriptions: number } {
  let subscriptions = 0;
  return {
    ...shortAnswers(data.store, {}),
    get subscriptions() {
      return subscriptions;
    },
    async *subscribe(options) {
      const change = changes[subscriptions++];
      for await (const next of data.store.subscribe(options)) yield* change?.(next) ?? [next];
    },
  };
}

const changingEvents =
  (change: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]) =>
  (next: SubscriptionSignal): readonly SubscriptionSignal[] =>
    next.kind === 'page' ? [{ ...next, events: change(next.events) }] : [next];

describe('followed', () => {
  it('passes on all signals of one subscription where the log is complete', async () => {
    const complete = await eventsOf(data.store);
    expect(complete.events).toHaveLength(8);
    expect(complete.caughtUpAt).toBe(await data.store.head());
    const store = changed();
    expect(await eventsOf(store)).toEqual(complete);
    expect(store.subscriptions).toBe(1);
  });

  it('passes on the same where the log reports the tail too early', async () => {
    const complete = await eventsOf(data.store);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), async (pages) => {
        expect(await eventsOf(shortAnswers(data.store, { pages }))).toEqual(complete);
      }),
    );
  });

  it('has not caught up before the head of the log, nor before a position that is known', async () => {
    const complete = await eventsOf(data.store);
    expect(await eventsOf(shortAnswers(data.store, { pages: [1, 0], heads: [] }))).toEqual(complete);
    expect(await eventsOf(shortAnswers(data.store, { pages: [1, 0], heads: [0] }), { reaching: await data.store.head() })).toEqual(
      complete,
    );
    expect(await eventsOf(data.store, { reaching: 'another:0000000000000099' })).toEqual(complete);
  });

  it('reports once that it has caught up, and passes on later events', async () => {
    const stop = new AbortController();
    const signals = followed({ store: data.store, clock, alarm: alarms.alarm }, { after: await data.store.head(), signal: stop.signal });
    expect(await signals.next()).toMatchObject({ value: { kind: 'caught-up' } });
    const next = signals.next();
    await data.store.append('tally-c', 'no-stream', [toRecord({ type: 'Added', at: noon, data: {} })]);
    expect(await next).toMatchObject({ value: { kind: 'page', events: [{ stream: 'tally-c' }] } });
    stop.abort();
    expect(await signals.next()).toEqual({ done: true, value: undefined });
  });

  it('leaves out no revision that a page skipped: it subscribes again from before it', async () => {
    const { events: complete } = await eventsOf(data.store);
    for (const pageSize of [1, 3, 100]) {
      const store = changed(changingEvents((events) => events.filter(({ stream, revision }) => stream !== 'tally-a' || revision !== 2)));
      const { events } = await eventsOf(store, { pageSize });
      expect(store.subscriptions).toBe(2);
      const ofA = events.filter(({ stream }) => stream === 'tally-a').map(({ revision }) => revision);
      expect(ofA).toEqual(ofA.toSorted());
      expect(
        events
          .toSorted((one, other) => (one.position < other.position ? -1 : 1))
          .filter((event, index, all) => event.id !== all[index - 1]?.id),
      ).toEqual(complete);
    }
  });

  it('passes on no event twice or out of order', async () => {
    const complete = await eventsOf(data.store);
    expect(await eventsOf(changed(changingEvents((events) => events.toReversed())))).toEqual(complete);
    expect(await eventsOf(changed((next) => [next, next]))).toEqual(complete);
  });

  it('throws Unavailable where the log stays incomplete, with one alarm', async () => {
    await expect(eventsOf(shortAnswers(data.store, { pages: Array<number>(200).fill(0) }))).rejects.toThrow(Unavailable);
    const skipping = changingEvents((events) => events.filter(({ stream, revision }) => stream !== 'tally-a' || revision !== 2));
    alarms.entries.length = 0;
    await expect(eventsOf(changed(...Array.from({ length: 200 }, () => skipping)))).rejects.toThrow(Unavailable);
    expect(alarms.entries).toEqual([{ message: 'the log answers less than it has told of', details: { stream: 'tally-a', revision: 2 } }]);
  });
});
