import fc from 'fast-check';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import type { PublicEvent } from '@onedoor/contracts';
import { AlarmLog, HastyClock, messagesOf, readLog, shortAnswers, toRecord } from '@onedoor/testkit';
import { add, envelope, noon, once, oneOClock, seal, TALLY } from '../test/tally.js';
import { Executor } from './executor.js';
import type { EventBus } from './ports/event-bus.js';
import type { EventStore } from './ports/event-store.js';
import { Fenced, Unavailable } from './ports/failures.js';
import { Relay } from './relay.js';
import { published } from './translator.js';

/** Each addition publishes the new total; a seal publishes two events; other events are not published. */
const PUBLICATIONS = [
  published(TALLY, (event, { total }) => {
    if (event.type === 'Added') return [{ topic: 'tallies', type: 'test.tally.total.v1', data: { total } }];
    if (event.type === 'Sealed')
      return ['test.tally.sealed.v1', 'test.tally.final.v1'].map((type) => ({ topic: 'tallies', type, data: { total } }));
    return [];
  }),
];

let data: MemoryData;
let alarms: AlarmLog;
let executor: Executor;

beforeEach(() => {
  data = openMemory();
  alarms = new AlarmLog();
  executor = new Executor(data.store, 'testville');
});

const relayOver = (over: { readonly bus?: EventBus; readonly store?: EventStore } = {}): Relay =>
  new Relay('counting', PUBLICATIONS, { ...data, clock: new HastyClock(noon), alarm: alarms.alarm, ...over });
const relay = (bus: EventBus = data.bus): Promise<void> => relayOver({ bus }).run(once);
const run = (id: string, command: Parameters<typeof TALLY.decider.decide>[0], as = envelope()) => executor.execute(TALLY, id, command, as);
const told = async (): Promise<readonly PublicEvent[]> =>
  (await messagesOf(data.bus, ['tallies'], `reader ${(readers += 1)}`)).map(({ event }) => event);
const rewind = async (): Promise<void> =>
  void (await data.checkpoints.advance('relay:counting', await data.checkpoints.load('relay:counting'), null));
const totalOf = ({ data }: PublicEvent): number => (data as { readonly total: number }).total;
let readers = 0;

describe('a relay', () => {
  it('publishes an event as a CloudEvent, with the id of the stream as its subject', async () => {
    await run('a', add(3), envelope('command-1', { correlationId: 'story-1', traceparent: 'trace-1' }));
    const [recorded] = await data.store.read('tally-a', 0, 1);
    await relay();
    expect(await told()).toEqual([
      {
        specversion: '1.0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: '/onedoor/counting',
        type: 'test.tally.total.v1',
        subject: 'a',
        time: noon,
        datacontenttype: 'application/json',
        sequence: '00000000.0',
        correlationid: 'story-1',
        causationid: recorded?.id,
        jurisdiction: 'testville',
        traceparent: 'trace-1',
        data: { total: 3 },
      },
    ]);
  });

  it('publishes the state at each event, also where later events are known', async () => {
    await run('a', add(1));
    await run('a', add(2));
    await run('b', add(10));
    await run('a', add(4));
    await relay();
    expect((await told()).map((event) => [event.subject, totalOf(event)])).toEqual([
      ['a', 1],
      ['a', 3],
      ['b', 10],
      ['a', 7],
    ]);
  });

  it('continues from its checkpoint without any other state', async () => {
    await run('a', add(1));
    await run('a', add(2));
    await relay();
    await run('a', add(4, oneOClock));
    await relay();
    expect((await told()).map((event) => [totalOf(event), event.time])).toEqual([
      [1, noon],
      [3, noon],
      [7, oneOClock],
    ]);
  });

  it('publishes the same under the same ids after a rewind', async () => {
    await run('a', add(1));
    await run('a', seal());
    await run('b', add(2));
    await relay();
    const first = await told();
    await rewind();
    await relay();
    const both = await told();
    expect(both).toEqual([...first, ...first]);
    expect(new Set(first.map(({ id }) => id)).size).toBe(4);
  });

  it('rewound in one process still publishes the state at each event', async () => {
    const kept = relayOver();
    await run('a', add(1));
    await run('a', add(2));
    await kept.run(once);
    await rewind();
    await kept.run(once);
    expect((await told()).map(totalOf)).toEqual([1, 3, 1, 3]);
  });

  it('gives the messages of one subject growing sequences, also several messages of one event', async () => {
    await run('a', add(1));
    await run('a', add(2));
    await run('a', seal());
    await relay();
    const sequences = (await told()).map(({ sequence }) => sequence);
    expect(sequences).toEqual(['00000000.0', '00000001.0', '00000002.0', '00000002.1']);
    expect(sequences).toEqual([...sequences].sort());
  });

  it('keeps its checkpoint where the bus is down, and publishes later', async () => {
    await run('a', add(1));
    const down: EventBus = {
      declare: (topics) => data.bus.declare(topics),
      consume: (options) => data.bus.consume(options),
      waiting: (group, topics) => data.bus.waiting(group, topics),
      publish: async () => {
        throw new Unavailable('Not just now');
      },
    };
    await expect(relay(down)).rejects.toThrow(Unavailable);
    expect(await data.checkpoints.load('relay:counting')).toBeNull();
    await relay();
    expect(await told()).toHaveLength(1);
  });

  it('stops when another one of its name moved the checkpoint', async () => {
    await run('a', add(1));
    const rival: EventBus = {
      declare: (topics) => data.bus.declare(topics),
      consume: (options) => data.bus.consume(options),
      waiting: (group, topics) => data.bus.waiting(group, topics),
      async publish(messages) {
        await data.bus.publish(messages);
        await data.checkpoints.advance('relay:counting', null, 'elsewhere');
      },
    };
    await expect(relay(rival)).rejects.toThrow(Fenced);
  });

  it('publishes nothing of streams of other categories', async () => {
    await data.store.append('secret-a', 'no-stream', [toRecord({ type: 'Whispered', at: noon, data: {} })]);
    await run('a', add(1));
    await relay();
    expect((await told()).map(({ subject, type }) => [subject, type])).toEqual([['a', 'test.tally.total.v1']]);
  });
});

describe('a relay over a log with incomplete answers', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

  it('publishes exactly what it publishes over a complete one', async () => {
    for (let round = 0; round < 12; round++) await run(round % 3 === 0 ? 'a' : 'b', round === 8 ? seal() : add(round));
    await relay();
    const complete = await told();
    await fc.assert(
      fc.asyncProperty(shares, shares, fc.nat(complete.length), async (reads, pages, index) => {
        // From any place in the log, without state of what was before.
        const place = (await data.store.read('tally-b', index % 8, 1))[0]?.position ?? null;
        await data.checkpoints.advance('relay:counting', await data.checkpoints.load('relay:counting'), place);
        const rest = new Set((await readLog(data.store, { after: place })).events.map(({ id }) => id));
        const before = (await told()).length;
        await relayOver({ store: shortAnswers(data.store, { reads, pages }) }).run(once);
        expect((await told()).slice(before)).toEqual(complete.filter(({ causationid }) => rest.has(causationid ?? '')));
        expect(await data.checkpoints.load('relay:counting')).toBe(await data.store.head());
      }),
      { numRuns: 50 },
    );
  });

  it('publishes nothing, keeps its checkpoint and alarms where the log does not return earlier events', async () => {
    await run('a', add(1));
    await relay();
    const place = await data.checkpoints.load('relay:counting');
    await run('a', add(2));
    await expect(relayOver({ store: shortAnswers(data.store, { reads: Array<number>(100).fill(0) }) }).run(once)).rejects.toThrow(
      Unavailable,
    );
    expect(await data.checkpoints.load('relay:counting')).toBe(place);
    expect(alarms.entries).toEqual([
      { message: 'the log answers less than it has told of', details: { stream: 'tally-a', revision: 0, upTo: 0 } },
    ]);
    await relay();
    expect((await told()).map(totalOf)).toEqual([1, 3]);
  });
});
