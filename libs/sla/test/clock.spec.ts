import { instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import fc from 'fast-check';
import {
  addBusinessMs,
  businessMsBetween,
  type Calendar,
  type Clock,
  dueAt,
  isOnTime,
  isPaused,
  pauseClock,
  restartClock,
  resumeClock,
  startClock,
} from '../src/index.js';
import { places, targets } from './arbitraries.js';
import { at, clockOf, office } from './fixtures.js';

const monday = at('2026-11-09 10:00:00');
const wait = 'waiting for the resident';

describe('a pause of minutes and hours', () => {
  it('moves the due instant by exactly the time that it took, and never to before the resume', () => {
    const units = fc.constantFrom('business_minutes', 'elapsed_minutes');
    const minutes = fc.nat(4_000);
    fc.assert(
      fc.property(
        places,
        units,
        fc.integer({ min: 1, max: 1_000 }),
        minutes,
        minutes,
        ({ calendar, startMs }, unit, amount, until, length) => {
          const between = (from: string, to: string): number =>
            unit === 'business_minutes' ? businessMsBetween(calendar, from, to) : msOf(to) - msOf(from);
          const clock = clockOf(amount, unit as 'business_minutes', instantOf(startMs), calendar);
          const before = dueAt(clock) ?? '';
          const from = instantOf(startMs + until * MINUTE_MS + 7);
          const to = instantOf(msOf(from) + length * MINUTE_MS);
          const after = dueAt(resumeClock(pauseClock(clock, from, wait), to)) ?? '';
          if (from >= before) {
            expect(after).toBe(before);
          } else {
            expect(between(before, after)).toBe(between(from, to));
            expect(after > to).toBe(true);
            expect(between(clock.startedAt, from) + between(to, after)).toBe(amount * MINUTE_MS);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['2026-11-09 11:00:00', '2026-11-09 13:00:00', '2026-11-09 15:00:00', 'in open time'],
    ['2026-11-09 11:00:00', '2026-11-09 18:00:00', '2026-11-10 11:00:00', 'into the evening'],
    ['2026-11-09 12:59:59', '2026-11-10 09:00:00', '2026-11-10 09:00:01', 'a second before it was due'],
    ['2026-11-09 13:00:00', '2026-11-10 09:00:00', '2026-11-09 13:00:00', 'at the due instant moves nothing'],
    ['2026-11-09 14:00:00', '2026-11-10 09:00:00', '2026-11-09 13:00:00', 'after the due instant moves nothing'],
  ])('three business hours paused from %s to %s are due %s: %s', (from, to, due) => {
    expect(dueAt(resumeClock(pauseClock(clockOf(3, 'business_hours', monday), at(from), wait), at(to)))).toBe(at(due));
  });

  it('outside opening hours moves nothing', () => {
    const clock = clockOf(12, 'business_hours', monday);
    expect(dueAt(resumeClock(pauseClock(clock, at('2026-11-09 18:00:00'), wait), at('2026-11-10 08:00:00')))).toBe(dueAt(clock));
  });
});

describe('a clock', () => {
  it('has no due instant while it is paused', () => {
    const paused = pauseClock(clockOf(3, 'business_hours', monday), at('2026-11-09 11:00:00'), wait);
    expect(dueAt(paused)).toBeNull();
    expect([isPaused(paused), isPaused(resumeClock(paused, at('2026-11-09 12:00:00')))]).toEqual([true, false]);
  });

  it.each(['elapsed_minutes', 'elapsed_hours', 'business_minutes', 'business_hours', 'business_days', 'calendar_days'] as const)(
    'of %s is on time at its due instant and late a millisecond after',
    (unit) => {
      const clock = clockOf(2, unit, monday);
      const dueMs = msOf(dueAt(clock) ?? '');
      expect(dueMs).toBeGreaterThan(msOf(monday));
      expect([-1, 0, 1].map((ms) => isOnTime(clock, instantOf(dueMs + ms)))).toEqual([true, true, false]);
    },
  );

  it('is on time while it is paused, unless it was due before', () => {
    const clock = clockOf(3, 'business_hours', monday);
    const muchLater = at('2026-12-24 10:00:00');
    expect(isOnTime(pauseClock(clock, at('2026-11-09 12:59:59'), wait), muchLater)).toBe(true);
    const tooLate = pauseClock(clock, at('2026-11-09 13:00:01'), wait);
    expect(isOnTime(tooLate, muchLater)).toBe(false);
    expect(isOnTime(tooLate, at('2026-11-09 13:00:00'))).toBe(true);
  });

  it('begins anew at a restart, keeps its history, and ends a pause that lasts', () => {
    const paused = pauseClock(clockOf(3, 'business_hours', monday), at('2026-11-09 11:00:00'), wait);
    const restarted = restartClock(paused, at('2026-11-10 09:00:00'), 'reopened');
    expect(dueAt(restarted)).toBe(at('2026-11-10 12:00:00'));
    expect(restarted.pauses).toEqual([{ from: at('2026-11-09 11:00:00'), to: at('2026-11-10 09:00:00'), reason: wait }]);
    const again = restartClock(restarted, at('2026-11-12 09:00:00'), 'reopened again');
    expect(again.restarts.map(({ reason }) => reason)).toEqual(['reopened', 'reopened again']);
    expect(dueAt(again)).toBe(at('2026-11-12 12:00:00'));
    expect(dueAt(resumeClock(pauseClock(again, at('2026-11-12 10:00:00'), wait), at('2026-11-12 11:00:00')))).toBe(
      at('2026-11-12 13:00:00'),
    );
  });

  it.each<[string, (clock: Clock) => unknown]>([
    ['only a paused clock is resumed', (clock) => resumeClock(clock, monday)],
    ['only a running clock is paused', (clock) => pauseClock(pauseClock(clock, monday, wait), monday, wait)],
    ['in order of time', (clock) => pauseClock(clock, at('2026-11-09 09:59:59'), wait)],
    ['in order of time', (clock) => resumeClock(pauseClock(clock, at('2026-11-09 12:00:00'), wait), at('2026-11-09 11:00:00'))],
    ['in order of time', (clock) => restartClock(clock, at('2026-11-09 09:00:00'), 'reopened')],
    [
      'in order of time',
      (clock) => pauseClock(restartClock(clock, at('2026-11-10 09:00:00'), 'reopened'), at('2026-11-09 12:00:00'), wait),
    ],
    ['in order of time', (clock) => pauseClock(clock, 'tomorrow', wait)],
    ['starts at an instant', () => clockOf(1, 'business_days', '2026-11-09')],
    ['positive whole number', () => clockOf(0, 'business_days', monday)],
    ['positive whole number', () => clockOf(1.5, 'business_days', monday)],
  ])('breaks the guarantee "%s" when misused', (guarantee, misuse) => {
    expect(() => misuse(clockOf(3, 'business_hours', monday))).toThrow(guarantee);
  });
});

describe('a clock is frozen', () => {
  it('is plain data: written to JSON and read back it has the same due instant', () => {
    fc.assert(
      fc.property(places, targets, ({ calendar, startMs }, target) => {
        const clock = startClock({ milestone: 'resolve', startedAt: instantOf(startMs), target, calendar, warnings: [{ fraction: 0.75 }] });
        const read = JSON.parse(JSON.stringify(clock)) as Clock;
        expect(read).toEqual(clock);
        expect(dueAt(read)).toBe(dueAt(clock));
      }),
    );
  });

  it('is not affected by later changes to the calendar and the target that it was started with', () => {
    const calendar = JSON.parse(JSON.stringify(office)) as { -readonly [Field in keyof Calendar]: Calendar[Field] } & {
      holidays: unknown[];
    };
    const target = { amount: 3, unit: 'business_days' as const };
    const clock = startClock({ milestone: 'resolve', startedAt: monday, target, calendar, warnings: [] });
    const due = at('2026-11-13 10:00:00');
    calendar.holidays.push({ date: '2026-11-10', name: 'Snow' });
    calendar.version = 2;
    target.amount = 30;
    expect(dueAt(clock)).toBe(due);
    expect(dueAt(clockOf(3, 'business_days', monday, calendar))).toBe(at('2026-11-16 10:00:00'));
    expect(dueAt(clock)).toBe(due);
  });

  it('shares one calendar with the other clocks of that calendar', () => {
    const [one, other] = [clockOf(1, 'business_days', monday), clockOf(2, 'business_days', monday)];
    expect(one.calendar).toBe(other.calendar);
    expect(one.calendar).toEqual(office);
    expect(startClock(one).calendar).toBe(one.calendar);
    expect(addBusinessMs(one.calendar, monday, MINUTE_MS)).toBe(at('2026-11-09 10:01:00'));
  });
});
