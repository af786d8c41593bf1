import type { PublicEvent } from '@onedoor/contracts';
import { WorkRing, type WorkItem } from './work-ring.js';

const at = (place: number): string => `log:${String(place).padStart(4, '0')}`;
const item = (place: number): WorkItem => ({
  position: at(place),
  topic: 'onedoor.work.parks',
  event: { id: String(place) } as PublicEvent,
  bytes: 100,
});
const items = (from: number, to: number): readonly WorkItem[] => Array.from({ length: to - from + 1 }, (_, index) => item(from + index));

describe('the ring of the last work', () => {
  it('that began with an empty log covers every place', () => {
    const ring = new WorkRing(null, 10_000);
    ring.push(items(1, 3));
    expect([ring.covers(null), ring.covers(at(2))]).toEqual([true, true]);
    expect(ring.after(null)).toEqual(items(1, 3));
    expect(ring.after(at(2))).toEqual(items(3, 3));
    expect(ring.after(at(3))).toEqual([]);
  });

  it('that began later covers what is behind its beginning', () => {
    const ring = new WorkRing(at(5), 10_000);
    expect([ring.covers(null), ring.covers(at(4)), ring.covers(at(5)), ring.covers(at(9))]).toEqual([false, false, true, true]);
  });

  it('forgets the oldest, and says so', () => {
    const ring = new WorkRing(null, 600);
    ring.push(items(1, 6));
    expect([ring.covers(null), ring.bytes]).toEqual([true, 600]);
    ring.push(items(7, 7));
    expect([ring.covers(null), ring.covers(at(3)), ring.covers(at(4))]).toEqual([false, false, true]);
    expect([ring.after(at(4)), ring.bytes]).toEqual([items(5, 7), 300]);
  });

  it('wakes everybody who waits, and nobody twice', async () => {
    const ring = new WorkRing(null, 300);
    const signal = new AbortController().signal;
    const both = Promise.all([ring.grown(signal), ring.grown(signal)]);
    ring.push(items(1, 1));
    await both;
    const leaving = new AbortController();
    const left = ring.grown(leaving.signal);
    leaving.abort();
    await left;
    await ring.grown(leaving.signal);
  });
});
