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

/** Everything that is told up to the tail. */
async function toldBy(
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

/** The log, each of whose first subscriptions tells its signals through one of these. */
function telling(
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

describe('what is followed', () => {
  it('is what the log tells, over one subscription, where the log tells all', async () => {
    const honest = await toldBy(data.store);
    expect(honest.events).toHaveLength(8);
    expect(honest.caughtUpAt).toBe(await data.store.head());
    const store = telling();
    expect(await toldBy(store)).toEqual(honest);
    expect(store.subscriptions).toBe(1);
  });

  it('is the same, however often the log says too early that it has no more', async () => {
    const honest = await toldBy(data.store);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), async (pages) => {
        expect(await toldBy(shortAnswers(data.store, { pages }))).toEqual(honest);
      }),
    );
  });

  it('has not caught up before the head of the log, nor before a position that is known', async () => {
    const honest = await toldBy(data.store);
    expect(await toldBy(shortAnswers(data.store, { pages: [1, 0], heads: [] }))).toEqual(honest);
    expect(await toldBy(shortAnswers(data.store, { pages: [1, 0], heads: [0] }), { reaching: await data.store.head() })).toEqual(honest);
    expect(await toldBy(data.store, { reaching: 'another:0000000000000099' })).toEqual(honest);
  });

  it('says once that it has caught up, and tells what comes then', async () => {
    const stop = new AbortController();
    const signals = followed({ store: data.store, clock, alarm: alarms.alarm }, { after: await data.store.head(), signal: stop.signal });
    expect(await signals.next()).toMatchObject({ value: { kind: 'caught-up' } });
    const next = signals.next();
    await data.store.append('tally-c', 'no-stream', [toRecord({ type: 'Added', at: noon, data: {} })]);
    expect(await next).toMatchObject({ value: { kind: 'page', events: [{ stream: 'tally-c' }] } });
    stop.abort();
    expect(await signals.next()).toEqual({ done: true, value: undefined });
  });

  it('leaves out nothing that was skipped within a stream: it is told from before that once more', async () => {
    const { events: honest } = await toldBy(data.store);
    for (const pageSize of [1, 3, 100]) {
      const store = telling(changingEvents((events) => events.filter(({ stream, revision }) => stream !== 'tally-a' || revision !== 2)));
      const { events } = await toldBy(store, { pageSize });
      expect(store.subscriptions).toBe(2);
      const ofA = events.filter(({ stream }) => stream === 'tally-a').map(({ revision }) => revision);
      expect(ofA).toEqual(ofA.toSorted());
      expect(
        events
          .toSorted((one, other) => (one.position < other.position ? -1 : 1))
          .filter((event, index, all) => event.id !== all[index - 1]?.id),
      ).toEqual(honest);
    }
  });

  it('tells nothing twice and in no other order', async () => {
    const honest = await toldBy(data.store);
    expect(await toldBy(telling(changingEvents((events) => events.toReversed())))).toEqual(honest);
    expect(await toldBy(telling((next) => [next, next]))).toEqual(honest);
  });

  it('ends as unavailable where the log goes on so, with one alarm', async () => {
    await expect(toldBy(shortAnswers(data.store, { pages: Array<number>(200).fill(0) }))).rejects.toThrow(Unavailable);
    const skipping = changingEvents((events) => events.filter(({ stream, revision }) => stream !== 'tally-a' || revision !== 2));
    alarms.entries.length = 0;
    await expect(toldBy(telling(...Array.from({ length: 200 }, () => skipping)))).rejects.toThrow(Unavailable);
    expect(alarms.entries).toEqual([{ message: 'the log answers less than it has told of', details: { stream: 'tally-a', revision: 2 } }]);
  });
});
