import { ManualClock } from '../src/manual-clock.js';

const noon = '2026-03-02T12:00:00.000Z';
const { signal } = new AbortController();

describe('a manual clock', () => {
  it('stands still until it is advanced', () => {
    const clock = new ManualClock(noon);
    clock.advance(1_500);
    expect(clock.now()).toBe('2026-03-02T12:00:01.500Z');
  });

  it('wakes those whose wait is over, in order, and nobody else', async () => {
    const clock = new ManualClock(noon);
    const woken: string[] = [];
    void clock.wait(300, signal).then(() => woken.push('late'));
    const soon = clock.wait(100, signal).then(() => woken.push('soon'));
    void clock.wait(200, signal).then(() => woken.push('later'));
    clock.advance(200);
    await soon;
    expect(woken).toEqual(['soon', 'later']);
    expect(clock.waitsMs).toEqual([100]);
  });

  it('ends a wait at once when its signal fires', async () => {
    const clock = new ManualClock(noon);
    const stop = new AbortController();
    const waiting = clock.wait(1_000, stop.signal);
    stop.abort();
    await waiting;
    await clock.wait(1_000, stop.signal);
    expect([clock.now(), clock.waitsMs]).toEqual([noon, []]);
  });

  it('passes the next wait, also one that begins later', async () => {
    const clock = new ManualClock(noon);
    const passed = clock.passNextWait();
    const waiting = clock.wait(250, signal);
    expect(await passed).toBe(250);
    await waiting;
  });
});
