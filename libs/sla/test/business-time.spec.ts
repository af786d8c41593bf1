import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { addBusinessMs, businessMsBetween, type Calendar, dueAt } from '../src/index.js';
import { calendarAround, places, transitionsOf, ZONES } from './arbitraries.js';
import { at, clockOf, mondayToFriday, office } from './fixtures.js';
import { cellsBetween, countOpenMs, instantAfterOpenMs } from './minute-counter.js';

/** How many days with a clock change are tried in each zone. */
const RUNS = Number(process.env['ONEDOOR_PROPERTY_RUNS'] ?? 1);

/** Compares the library with a cell-by-cell count on one day on which the clocks of a zone change. */
function checkDayOfChange(zone: string, changeMs: number): void {
  const [startMs, endMs] = [changeMs - 13 * HOUR_MS, changeMs + 13 * HOUR_MS];
  const cells = cellsBetween(zone, startMs, endMs);
  const instants = fc.integer({ min: startMs, max: endMs });
  fc.assert(
    fc.property(calendarAround(zone, changeMs), instants, instants, fc.nat(), (calendar, one, other, share) => {
      const [fromMs, toMs] = [Math.min(one, other), Math.max(one, other)];
      const openMs = countOpenMs(calendar, cells, fromMs, toMs);
      expect(businessMsBetween(calendar, instantOf(fromMs), instantOf(toMs))).toBe(openMs);
      expect(businessMsBetween(calendar, instantOf(toMs), instantOf(fromMs))).toBe(0 - openMs);
      const ms = share % (openMs + 1);
      const reachedMs = instantAfterOpenMs(calendar, cells, fromMs, ms);
      expect(addBusinessMs(calendar, instantOf(fromMs), ms)).toBe(instantOf(reachedMs ?? Number.NaN));
      for (const [amount, unit] of [
        [Math.floor(ms / MINUTE_MS), 'business_minutes'],
        [Math.floor(ms / HOUR_MS), 'business_hours'],
      ] as const) {
        if (amount === 0) continue;
        const dueMs = instantAfterOpenMs(calendar, cells, fromMs, amount * (unit === 'business_hours' ? HOUR_MS : MINUTE_MS));
        expect(dueAt(clockOf(amount, unit, instantOf(fromMs), calendar))).toBe(instantOf(dueMs ?? Number.NaN));
      }
    }),
    { numRuns: 3 },
  );
}

describe('business time equals a minute-by-minute count of the wall clock', () => {
  it('on a day of a clock change in every zone', () => {
    for (const zone of ZONES) {
      const changes = transitionsOf(zone);
      fc.assert(
        fc.property(fc.nat(), (choice) =>
          checkDayOfChange(zone, changes[choice % changes.length] ?? Date.UTC(1970 + (choice % 68), choice % 12, 5)),
        ),
        { numRuns: RUNS, endOnFailure: true },
      );
    }
  }, 600_000);

  it.each([
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 'a date that never was'],
    ['Pacific/Kwajalein', '1993-08-21T12:00:00Z', 'a date that never was'],
    ['America/St_Johns', '2006-10-29T02:31:00Z', 'a minute of the next day before the clocks go back'],
    ['Australia/Lord_Howe', '2011-04-02T15:00:00Z', 'half an hour twice'],
    ['Africa/Monrovia', '1972-01-07T00:44:30Z', 'an offset with seconds'],
    ['America/Sao_Paulo', '2017-10-15T03:00:00Z', 'a day without a midnight'],
    ['Antarctica/Troll', '2012-03-25T01:00:00Z', 'a gap of two hours'],
    ['Africa/Casablanca', '2026-03-22T01:00:00Z', 'the hour of Ramadan'],
  ])('%s at %s: %s', (zone, change) => {
    checkDayOfChange(zone, Date.parse(change));
  });
});

describe('business time', () => {
  it('adds up, and adding is the inverse of counting, over spans of years', () => {
    fc.assert(
      fc.property(places, fc.nat(40 * 365 * (DAY_MS / 1_000)), fc.nat(40 * 365 * (DAY_MS / 1_000)), ({ calendar, startMs }, one, other) => {
        const start = instantOf(startMs);
        const middle = instantOf(startMs + one * 1_000);
        const end = instantOf(startMs + (one + other) * 1_000);
        const [first, second] = [businessMsBetween(calendar, start, middle), businessMsBetween(calendar, middle, end)];
        expect(businessMsBetween(calendar, start, end)).toBe(first + second);
        const reached = addBusinessMs(calendar, start, first);
        expect(reached <= middle).toBe(true);
        expect(businessMsBetween(calendar, start, reached)).toBe(first);
        if (first > 0) expect(businessMsBetween(calendar, start, instantOf(msOf(reached) - 1))).toBe(first - 1);
      }),
    );
  });

  it('ends at closing time, not at the next opening', () => {
    expect(addBusinessMs(office, at('2026-11-10 09:00:00'), 8 * HOUR_MS)).toBe(at('2026-11-10 17:00:00'));
    expect(addBusinessMs(office, at('2026-11-10 09:00:00'), 8 * HOUR_MS + 1)).toBe(at('2026-11-12 09:00:00.001'));
    expect(addBusinessMs(office, at('2026-11-14 03:00:00'), 0)).toBe(at('2026-11-14 03:00:00'));
  });

  it('counts both passes of an hour that comes twice', () => {
    const nights: Calendar = { ...office, weeklyHours: { 7: [{ from: '01:00', to: '02:00' }] } };
    expect(businessMsBetween(nights, at('2026-11-01 00:00:00'), at('2026-11-01 12:00:00'))).toBe(2 * HOUR_MS);
    expect(businessMsBetween(nights, at('2026-11-08 00:00:00'), at('2026-11-08 12:00:00'))).toBe(HOUR_MS);
  });

  it('crosses a closure of years', () => {
    const dates = Array.from({ length: 1_500 }, (_, day) => new Date(Date.UTC(2026, 10, 10 + day)).toISOString().slice(0, 10));
    const closed: Calendar = { ...office, holidays: dates.map((date) => ({ date, name: 'Rebuilding' })) };
    expect(addBusinessMs(closed, at('2026-11-09 16:00:00'), 2 * HOUR_MS)).toBe(at('2030-12-19 10:00:00'));
  });

  it('throws a broken guarantee instead of searching without end', () => {
    const rare: Calendar = { ...office, weeklyHours: { 1: [{ from: '09:00', to: '09:01' }] } };
    expect(() => addBusinessMs(rare, at('2026-11-09 09:00:00'), 20_000 * HOUR_MS)).toThrow('within 200 years');
    expect(() => addBusinessMs({ ...office, weeklyHours: {} }, at('2026-11-09 09:00:00'), 1)).toThrow('open at some time of the week');
    expect(() => addBusinessMs(office, at('2026-11-09 09:00:00'), -1)).toThrow('zero or more');
  });

  it('reads opening hours in any order', () => {
    const split: Calendar = {
      ...office,
      weeklyHours: {
        ...mondayToFriday('09:00', '17:00'),
        1: [
          { from: '13:00', to: '17:00' },
          { from: '08:00', to: '12:00' },
        ],
      },
    };
    expect(addBusinessMs(split, at('2026-11-09 07:00:00'), 5 * HOUR_MS)).toBe(at('2026-11-09 14:00:00'));
  });
});
