import { openMemory, type MemoryData } from '@onedoor/adapters';
import { AlarmLog, HastyClock, shortAnswers, toRecord } from '@onedoor/testkit';
import { lagOf } from './lag.js';
import type { EventStore } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

const NOW = '2026-03-02T12:00:30.000Z';
const follower = { checkpoint: 'projector:tally', categories: ['tally'] };
const lag = (data: Pick<MemoryData, 'checkpoints'> & { readonly store: EventStore }): Promise<number> =>
  lagOf(follower, { ...data, clock: new HastyClock(NOW), alarm: new AlarmLog().alarm }, NOW);
const written = (at: string) => toRecord({ type: 'Counted', at, data: {} });

describe('how far a follower of the log is behind', () => {
  it('is 0 where the log is empty', async () => {
    expect(await lag(openMemory())).toBe(0);
  });

  it('is the age of the oldest event that it has not handled', async () => {
    const data = openMemory();
    const first = await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    await data.store.append('tally-b', 'no-stream', [written('2026-03-02T12:00:20.000Z')]);
    expect(await lag(data)).toBe(30_000);
    await data.checkpoints.advance(follower.checkpoint, null, first.outcome === 'appended' ? first.position : null);
    expect(await lag(data)).toBe(10_000);
  });

  it('is 0 where only streams of other categories were written since', async () => {
    const data = openMemory();
    const own = await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    await data.checkpoints.advance(follower.checkpoint, null, own.outcome === 'appended' ? own.position : null);
    await data.store.append('other-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    expect(await lag(data)).toBe(0);
  });

  it('is never negative, also where the clock is behind the log', async () => {
    const data = openMemory();
    await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:31.000Z')]);
    expect(await lag(data)).toBe(0);
  });

  it('is not 0 where the log reports the tail too early', async () => {
    const data = openMemory();
    await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    expect(await lag({ ...data, store: shortAnswers(data.store, { pages: [0, 0] }) })).toBe(30_000);
    await expect(lag({ ...data, store: shortAnswers(data.store, { pages: Array<number>(100).fill(0) }) })).rejects.toThrow(Unavailable);
  });
});
