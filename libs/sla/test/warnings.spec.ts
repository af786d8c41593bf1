import { instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { businessMsBetween, type Clock, dueAt, pauseClock, restartClock, resumeClock, warningsAt } from '../src/index.js';
import { places, targets } from './arbitraries.js';
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
    expect(warningsAt(clockOf(4, 'elapsed_hours', at('2026-11-10 13:00:00'), office, [half]))[0]?.at).toBe(at('2026-11-10 15:00:00'));
  });

  it('by fraction respect pauses, also one that follows the fraction', () => {
    const clock = clockOf(4, 'business_hours', monday, office, [half]);
    const early = resumeClock(pauseClock(clock, at('2026-11-09 11:00:00'), 'waiting'), at('2026-11-09 12:00:00'));
    expect(warningsAt(early)[0]?.at).toBe(at('2026-11-09 13:00:00'));
    const later = resumeClock(pauseClock(clock, at('2026-11-09 13:00:00'), 'waiting'), at('2026-11-09 16:00:00'));
    expect(warningsAt(later)[0]?.at).toBe(at('2026-11-09 12:00:00'));
  });

  it('by fraction of days are elapsed time from the effective start to the due instant', () => {
    const thursday = at('2026-11-05 10:00:00');
    expect(warningsAt(clockOf(2, 'calendar_days', monday, office, [half]))[0]?.at).toBe(at('2026-11-10 10:00:00'));
    expect(warningsAt(clockOf(2, 'business_days', thursday, office, [{ fraction: 0.25 }]))[0]?.at).toBe(at('2026-11-06 10:00:00'));
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

describe('warnings in the hours of the calendar', () => {
  const first = (clock: Clock): string | undefined => warningsAt(clock)[0]?.at;
  const byDate = (clock: Clock): Clock => ({ ...clock, reckoning: 'by_date' });

  it.each<[string, string, string, Clock]>([
    [
      '2026-11-10 18:00:00',
      '2026-11-10 17:00:00',
      'in the evening',
      clockOf(4, 'elapsed_hours', at('2026-11-10 16:00:00'), office, [half]),
    ],
    ['2026-11-10 22:00:00', '2026-11-10 17:00:00', 'at night', clockOf(2, 'business_days', at('2026-11-07 10:00:00'), office, [half])],
    ['2026-11-11 10:00:00', '2026-11-10 17:00:00', 'on a holiday', clockOf(2, 'calendar_days', at('2026-11-10 10:00:00'), office, [half])],
    ['2026-11-08 10:00:00', '2026-11-06 17:00:00', 'on a weekend', clockOf(4, 'calendar_days', at('2026-11-06 10:00:00'), office, [half])],
    [
      '2026-11-12 08:00:00',
      '2026-11-10 17:00:00',
      'by a lead',
      clockOf(3, 'calendar_days', at('2026-11-09 09:00:00'), office, [hourBefore]),
    ],
  ])('what would fall at %s is given at %s, the last open instant before: %s', (reached, given, _name, clock) => {
    expect(first(byDate(clock))).toBe(at(reached));
    expect(first(clock)).toBe(at(given));
  });

  it('stay where they are at an opening and at a closing time', () => {
    const byLead = (leadMinutes: number) => clockOf(3, 'calendar_days', at('2026-11-02 18:00:00'), office, [{ leadMinutes }]);
    expect(first(byLead(60))).toBe(at('2026-11-05 17:00:00'));
    expect(first(byLead(9 * 60))).toBe(at('2026-11-05 09:00:00'));
    expect(first(byLead(9 * 60 + 1))).toBe(at('2026-11-04 17:00:00'));
  });

  it('are left out where no instant since counting began was open', () => {
    const saturday = clockOf(24, 'elapsed_hours', at('2026-11-07 10:00:00'), office, [half]);
    expect(first(byDate(saturday))).toBe(at('2026-11-07 22:00:00'));
    expect(warningsAt(saturday)).toEqual([]);
  });

  it('always fall into them, also after a pause, and are no later than the part of the target that they answer', () => {
    const warnings = fc.array(
      fc.oneof(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }).map((fraction) => ({ fraction })),
        fc.integer({ min: 1, max: 3_000 }).map((leadMinutes) => ({ leadMinutes })),
      ),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(places, targets, warnings, fc.nat(2_000), ({ calendar, startMs }, target, agreed, minutes) => {
        const started = clockOf(target.amount, target.unit, instantOf(startMs), calendar, agreed);
        const from = instantOf(startMs + minutes * MINUTE_MS);
        for (const clock of [started, resumeClock(pauseClock(started, from, 'waiting'), instantOf(msOf(from) + 90 * MINUTE_MS))]) {
          const anyHour = warningsAt(byDate(started));
          for (const { at: instant, warning } of warningsAt(clock)) {
            const ms = msOf(instant);
            // Open at the instant, or up to it where it is a closing time.
            expect(businessMsBetween(calendar, instantOf(ms - 1), instantOf(ms + 1))).toBeGreaterThan(0);
            expect(instant >= clock.startedAt && instant < (dueAt(clock) ?? '')).toBe(true);
            const reached = anyHour.find((each) => each.warning === warning)?.at;
            if (clock === started) expect(reached !== undefined && instant <= reached).toBe(true);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
