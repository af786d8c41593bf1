import { openMemory } from '@onedoor/adapters';
import { toRecord } from '@onedoor/testkit';
import { lagOf } from './lag.js';

const NOW = '2026-03-02T12:00:30.000Z';
const follower = { checkpoint: 'projector:tally', categories: ['tally'] };
const written = (at: string) => toRecord({ type: 'Counted', at, data: {} });

describe('how far a follower of the log is behind', () => {
  it('nothing, where there is nothing to follow', async () => {
    expect(await lagOf(follower, openMemory(), NOW)).toBe(0);
  });

  it('as long as the oldest event waits that it has not handled', async () => {
    const data = openMemory();
    const first = await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    await data.store.append('tally-b', 'no-stream', [written('2026-03-02T12:00:20.000Z')]);
    expect(await lagOf(follower, data, NOW)).toBe(30_000);
    await data.checkpoints.advance(follower.checkpoint, null, first.outcome === 'appended' ? first.position : null);
    expect(await lagOf(follower, data, NOW)).toBe(10_000);
  });

  it('nothing, where only others have written since', async () => {
    const data = openMemory();
    const own = await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    await data.checkpoints.advance(follower.checkpoint, null, own.outcome === 'appended' ? own.position : null);
    await data.store.append('other-a', 'no-stream', [written('2026-03-02T12:00:00.000Z')]);
    expect(await lagOf(follower, data, NOW)).toBe(0);
  });

  it('is never less than nothing, whatever the clock says', async () => {
    const data = openMemory();
    await data.store.append('tally-a', 'no-stream', [written('2026-03-02T12:00:31.000Z')]);
    expect(await lagOf(follower, data, NOW)).toBe(0);
  });
});
