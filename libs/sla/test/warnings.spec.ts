import { instantOf, msOf } from '@onedoor/kernel';
import { pauseClock, restartClock, resumeClock, warningsAt } from '../src/index.js';
import { at, clockOf, office } from './fixtures.js';

const monday = at('2026-11-09 10:00:00');
const half = { fraction: 0.5 };
const hourBefore = { leadMinutes: 60 };

describe('warnings', () => {
  it('come in order of time, each with the warning that it answers', () => {
    const clock = clockOf(8, 'business_hours', monday, office, [hourBefore, half, { fraction: 0.25 }]);
    expect(warningsAt(clock)).toEqual([
      { warning: { fraction: 0.25 }, at: at('2026-11-09 12:00:00') },
      { warning: half, at: at('2026-11-09 14:00:00') },
      { warning: hourBefore, at: at('2026-11-10 09:00:00') },
    ]);
  });

  it('by fraction count open time in business hours, and all time in elapsed ones', () => {
    const late = at('2026-11-10 16:00:00');
    expect(warningsAt(clockOf(4, 'business_hours', late, office, [half]))[0]?.at).toBe(at('2026-11-12 10:00:00'));
    expect(warningsAt(clockOf(4, 'elapsed_hours', late, office, [half]))[0]?.at).toBe(at('2026-11-10 18:00:00'));
  });

  it('by fraction respect pauses, also one that follows the fraction', () => {
    const clock = clockOf(4, 'business_hours', monday, office, [half]);
    const early = resumeClock(pauseClock(clock, at('2026-11-09 11:00:00'), 'waiting'), at('2026-11-09 12:00:00'));
    expect(warningsAt(early)[0]?.at).toBe(at('2026-11-09 13:00:00'));
    const later = resumeClock(pauseClock(clock, at('2026-11-09 13:00:00'), 'waiting'), at('2026-11-09 16:00:00'));
    expect(warningsAt(later)[0]?.at).toBe(at('2026-11-09 12:00:00'));
  });

  it('by fraction of days are elapsed time from the effective start to the due instant', () => {
    const saturday = at('2026-11-07 10:00:00');
    expect(warningsAt(clockOf(2, 'calendar_days', monday, office, [half]))[0]?.at).toBe(at('2026-11-10 10:00:00'));
    expect(warningsAt(clockOf(2, 'business_days', saturday, office, [half]))[0]?.at).toBe(at('2026-11-10 22:00:00'));
  });

  it('are left out before counting began, and at or after the due instant', () => {
    const clock = clockOf(1, 'elapsed_hours', monday, office, [hourBefore, { leadMinutes: 61 }, { fraction: 1 - Number.EPSILON }]);
    expect(warningsAt(clock)).toEqual([{ warning: hourBefore, at: monday }]);
    const restarted = restartClock(clock, instantOf(msOf(monday) + 1), 'reopened');
    expect(warningsAt(restarted)).toEqual([{ warning: hourBefore, at: instantOf(msOf(monday) + 1) }]);
  });

  it('are silent while the clock is paused', () => {
    expect(warningsAt(pauseClock(clockOf(4, 'business_hours', monday, office, [half]), monday, 'waiting'))).toEqual([]);
  });
});
