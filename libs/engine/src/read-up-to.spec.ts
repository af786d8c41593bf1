import fc from 'fast-check';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import { LIMITS } from '@onedoor/kernel';
import { AlarmLog, HastyClock, shortAnswers, toRecord, type Shares } from '@onedoor/testkit';
import { noon } from '../test/tally.js';
import type { EventStore, Position, RecordedEvent } from './ports/event-store.js';
import { DamagedStream, Unavailable } from './ports/failures.js';
import { readReaching, readUpTo } from './read-up-to.js';

const { signal } = new AbortController();

let data: MemoryData;
let alarms: AlarmLog;
let clock: HastyClock;

beforeEach(() => {
  data = openMemory();
  alarms = new AlarmLog();
  clock = new HastyClock(noon);
});

const log = (store: EventStore = data.store) => ({ store, clock, alarm: alarms.alarm });
const upTo = (to: number, shares: Shares = {}, from = 0): Promise<readonly RecordedEvent[]> =>
  readUpTo(log(shortAnswers(data.store, shares)), 'tally-a', from, to, signal);
const reaching = (known: Position | null, shares: Shares = {}): Promise<readonly RecordedEvent[]> =>
  readReaching(log(shortAnswers(data.store, shares)), 'tally-a', known, signal);
const revisions = (events: readonly RecordedEvent[]): readonly number[] => events.map(({ revision }) => revision);

async function write(count: number): Promise<void> {
  for (let written = 0; written < count; written += LIMITS.eventsPerAppend) {
    const events = Array.from({ length: Math.min(LIMITS.eventsPerAppend, count - written) }, () =>
      toRecord({ type: 'Added', at: noon, data: { amount: 1 } }),
    );
    await data.store.append('tally-a', written === 0 ? 'no-stream' : written - 1, events);
  }
}

/** The log, counting its reads of streams. */
function counting(): { readonly store: EventStore; readonly reads: number[] } {
  const reads: number[] = [];
  const store: EventStore = {
    ...shortAnswers(data.store, {}),
    read: (stream, from, limit) => {
      reads.push(from);
      return data.store.read(stream, from, limit);
    },
  };
  return { store, reads };
}

describe('reading up to a known revision', () => {
  it('reads once where the answer is complete, and not at all for an empty range', async () => {
    await write(5);
    const { store, reads } = counting();
    expect(revisions(await readUpTo(log(store), 'tally-a', 1, 3, signal))).toEqual([1, 2, 3]);
    expect(await readUpTo(log(store), 'tally-a', 4, 3, signal)).toEqual([]);
    expect(reads).toEqual([1]);
  });

  it('returns exactly the range, also where the first reads are incomplete', async () => {
    await write(9);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 }),
        fc.nat(8),
        fc.nat(8),
        async (reads, from, to) => {
          expect(await upTo(to, { reads }, from)).toEqual(
            (await data.store.read('tally-a', from, 9)).filter(({ revision }) => revision <= to),
          );
        },
      ),
    );
  });

  it('reads again at once, then after growing pauses, with one alarm when that takes long', async () => {
    await write(2);
    await upTo(1, { reads: [0] });
    expect(clock.waitsMs).toEqual([]);
    await upTo(1, { reads: [0, 0, 0, 0] });
    expect(clock.waitsMs).toEqual([50, 100, 200]);
    expect(alarms.entries).toEqual([]);
    await upTo(1, { reads: [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
    expect(alarms.entries).toEqual([
      { message: 'the log answers less than it has told of', details: { stream: 'tally-a', revision: 1, upTo: 1 } },
    ]);
  });

  it('gives up after half a minute, so that a worker restarts from its checkpoint', async () => {
    await write(2);
    await expect(upTo(2)).rejects.toThrow(Unavailable);
    const waitedMs = clock.waitsMs.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeGreaterThanOrEqual(30_000);
    expect(waitedMs).toBeLessThan(40_000);
    expect(alarms.entries).toHaveLength(1);
  });

  it('gives up at once when the signal fires', async () => {
    const stopped = AbortSignal.abort();
    await expect(readUpTo(log(), 'tally-a', 0, 2, stopped)).rejects.toThrow(Unavailable);
    expect(clock.waitsMs).toEqual([]);
  });

  it('reads streams that are longer than one page', async () => {
    await write(LIMITS.eventsPerStream + 2);
    expect(await upTo(LIMITS.eventsPerStream + 1)).toHaveLength(LIMITS.eventsPerStream + 2);
  });

  it('throws DamagedStream for a stream that lacks revisions in between', async () => {
    await write(6);
    const damaged: EventStore = {
      ...shortAnswers(data.store, {}),
      read: async (...given) => (await data.store.read(...given)).filter(({ revision }) => revision < 2 || revision > 3),
    };
    await expect(readUpTo(log(damaged), 'tally-a', 0, 5, signal)).rejects.toThrow(new DamagedStream('tally-a', 'revisions 2 to 3'));
    await expect(readReaching(log(damaged), 'tally-a', null, signal)).rejects.toThrow(DamagedStream);
  });
});

describe('reading a stream of which one position is known', () => {
  it('reads again where the answer ends before it', async () => {
    await write(4);
    const head = await data.store.head();
    expect(revisions(await reaching(head, { reads: [0.5, 0, 0] }))).toEqual([0, 1, 2, 3]);
    expect(revisions(await reaching(head, { reads: [0, 0] }))).toEqual([0, 1, 2, 3]);
  });

  it('gives up after about a second, because a caller waits for the answer', async () => {
    await write(2);
    await expect(reaching('memory:0000000000000003')).rejects.toThrow(Unavailable);
    expect(clock.waitsMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_000);
  });

  it('takes the answer as complete where no position is known, or one of another log', async () => {
    await write(2);
    expect(await reaching(null)).toHaveLength(2);
    expect(await reaching('another:0000000000000009')).toHaveLength(2);
    expect(await readReaching(log(), 'tally-b', null, signal)).toEqual([]);
  });

  it('reads streams that are longer than one page', async () => {
    await write(LIMITS.eventsPerStream + 2);
    expect(await reaching(null)).toHaveLength(LIMITS.eventsPerStream + 2);
  });
});
