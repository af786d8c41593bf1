import { instantOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { type Calendar, dueAt, pauseClock, resumeClock, type Weekday } from '../src/index.js';
import { places } from './arbitraries.js';
import { at, boston, clockOf, mondayToFriday, office } from './fixtures.js';

describe("Boston's business days", () => {
  it.each([
    ['2011-07-02 10:00:00', '2011-07-06 10:00:00', 'a Saturday counts as Monday, same time of day'],
    ['2011-07-03 06:15:00', '2011-07-06 06:15:00', 'so does a Sunday'],
    ['2011-07-05 16:59:59', '2011-07-07 16:59:59', 'the last second before the cut-off keeps its time'],
    ['2011-07-05 17:00:00', '2011-07-08 08:30:00', 'the cut-off itself starts the next morning'],
    ['2011-07-05 06:15:00', '2011-07-07 06:15:00', 'before opening keeps its time'],
    ['2011-07-01 18:00:00', '2011-07-06 08:30:00', 'Friday after the cut-off starts on Monday morning'],
    ['2011-07-02 18:00:00', '2011-07-07 08:30:00', 'Saturday evening: Monday evening first, then Tuesday morning'],
    ['2011-07-03 17:00:00', '2011-07-07 08:30:00', 'Sunday at the cut-off likewise'],
  ])('opened %s, two days, due %s: %s', (opened, due) => {
    expect(dueAt(clockOf(2, 'business_days', at(opened), boston))).toBe(at(due));
  });

  it('gives another answer when the two steps are taken in the other order', () => {
    const cutOffFirst = at('2011-07-06 08:30:00');
    expect(dueAt(clockOf(2, 'business_days', at('2011-07-02 18:00:00'), boston))).not.toBe(cutOffFirst);
  });

  it('counts 4 July as any Monday, since Boston did not skip holidays, and skips it for a city that does', () => {
    const skipping: Calendar = { ...boston, skipHolidays: true };
    expect(dueAt(clockOf(1, 'business_days', at('2011-07-01 10:00:00'), boston))).toBe(at('2011-07-04 10:00:00'));
    expect(dueAt(clockOf(1, 'business_days', at('2011-07-01 10:00:00'), skipping))).toBe(at('2011-07-05 10:00:00'));
    expect(dueAt(clockOf(1, 'business_days', at('2011-07-04 18:00:00'), skipping))).toBe(at('2011-07-07 08:30:00'));
  });

  it.each([
    [{ cutOff: null, nextStart: null }, '2011-07-06 21:00:00'],
    [{ cutOff: null, nextStart: '08:30' }, '2011-07-06 21:00:00'],
    [{ cutOff: '17:00', nextStart: null }, '2011-07-07 21:00:00'],
  ])('with %j, Tuesday evening and a day are %s', (businessDays, due) => {
    expect(dueAt(clockOf(1, 'business_days', at('2011-07-05 21:00:00'), { ...boston, businessDays }))).toBe(at(due));
  });

  it('are found within milliseconds for the longest agreement', () => {
    const clock = clockOf(720, 'business_days', at('2011-07-05 10:00:00'), boston);
    expect(dueAt(clock)).toBe(at('2014-04-08 10:00:00'));
    const begunAt = performance.now();
    for (let round = 0; round < 100; round++) dueAt(clock);
    expect((performance.now() - begunAt) / 100).toBeLessThan(5);
  });
});

describe('days equal a walk from date to date', () => {
  const day = { days: 1 };
  const isBusinessDay = (calendar: Calendar, date: Temporal.PlainDate): boolean =>
    (calendar.weeklyHours[date.dayOfWeek as Weekday] ?? []).length > 0 &&
    !(calendar.skipHolidays && calendar.holidays.some((holiday) => holiday.date === date.toString())) &&
    date.toZonedDateTime(calendar.zone).toPlainDate().equals(date);
  const nextBusinessDay = (calendar: Calendar, date: Temporal.PlainDate): Temporal.PlainDate => {
    let next = date.add(day);
    while (!isBusinessDay(calendar, next)) next = next.add(day);
    return next;
  };

  it('in every zone, around the days when clocks change', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 8 }), ({ calendar, startMs }, amount) => {
        const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(calendar.zone);
        let [date, time] = [start.toPlainDate(), start.toPlainTime()];
        const calendarDue = date.add({ days: amount }).toZonedDateTime({ timeZone: calendar.zone, plainTime: time });
        expect(dueAt(clockOf(amount, 'calendar_days', instantOf(startMs), calendar))).toBe(instantOf(calendarDue.epochMilliseconds));
        const { cutOff, nextStart } = calendar.businessDays;
        if (!isBusinessDay(calendar, date)) date = nextBusinessDay(calendar, date);
        if (cutOff !== null && Temporal.PlainTime.compare(time, cutOff) >= 0) {
          date = nextBusinessDay(calendar, date);
          time = nextStart === null ? time : Temporal.PlainTime.from(nextStart);
        }
        for (let rest = amount; rest > 0; rest--) date = nextBusinessDay(calendar, date);
        const businessDue = date.toZonedDateTime({ timeZone: calendar.zone, plainTime: time });
        expect(dueAt(clockOf(amount, 'business_days', instantOf(startMs), calendar))).toBe(instantOf(businessDue.epochMilliseconds));
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('calendar days', () => {
  it.each([
    [5, '2011-11-04 10:00:00', '2011-11-09T15:00:00.000Z', 'keep the time of day across the end of summer time'],
    [1, '2011-11-05 01:30:00', '2011-11-06T05:30:00.000Z', 'take the first of a time that occurs twice'],
    [1, '2012-03-10 02:30:00', '2012-03-11T07:30:00.000Z', 'move forward out of a gap'],
    [2, '2012-03-10 02:30:00', '2012-03-12T06:30:00.000Z', 'forget the gap a day later'],
  ])('%i from %s are due %s: they %s', (amount, opened, due) => {
    expect(dueAt(clockOf(amount, 'calendar_days', at(opened), boston))).toBe(due);
  });
});

describe('a pause of days', () => {
  const paused = (unit: 'business_days' | 'calendar_days', started: string, from: string, to: string, calendar = office): string | null =>
    dueAt(resumeClock(pauseClock(clockOf(3, unit, at(started), calendar), at(from), 'waiting'), at(to)));
  const wholeWeek = '2026-11-02 10:00:00';

  it.each([
    ['2026-11-03 09:00:00', '2026-11-03 16:00:00', '2026-11-05 10:00:00', 'within a day moves nothing'],
    ['2026-11-03 16:59:00', '2026-11-04 00:00:00', '2026-11-06 10:00:00', 'up to midnight is one'],
    ['2026-11-03 16:59:00', '2026-11-03 23:59:59', '2026-11-05 10:00:00', 'up to the second before it is none'],
    ['2026-11-04 09:00:00', '2026-11-08 12:00:00', '2026-11-09 10:00:00', 'counts Thursday and Friday, not the weekend'],
    ['2026-11-04 09:00:00', '2026-11-12 09:00:00', '2026-11-13 10:00:00', 'does not count the holiday that it spans'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun at the due instant moves nothing'],
    ['2026-11-06 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun after the due instant moves nothing'],
    [
      '2026-11-05 09:00:00',
      '2026-11-05 11:00:00',
      '2026-11-05 10:00:00',
      'keeps the time of day even where the due instant passes meanwhile',
    ],
  ])('business days: %s to %s makes it %s: %s', (from, to, due) => {
    expect(paused('business_days', wholeWeek, from, to)).toBe(at(due));
  });

  it('business days: what lies before the effective start does not count', () => {
    const friday = '2026-11-06 18:00:00'; // effective from Monday the 9th at nine
    expect(paused('business_days', friday, '2026-11-06 19:00:00', '2026-11-09 08:00:00')).toBe(at('2026-11-13 09:00:00'));
    expect(paused('business_days', friday, '2026-11-07 10:00:00', '2026-11-10 10:00:00')).toBe(at('2026-11-16 09:00:00'));
  });

  it.each([
    ['2026-11-03 00:00:00', '2026-11-03 23:59:59', '2026-11-05 10:00:00'],
    ['2026-11-03 23:59:59', '2026-11-04 00:00:00', '2026-11-06 10:00:00'],
    ['2026-11-03 12:00:00', '2026-11-09 12:00:00', '2026-11-11 10:00:00'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00'],
  ])('calendar days: %s to %s makes it %s, by the midnights it spans', (from, to, due) => {
    expect(paused('calendar_days', wholeWeek, from, to)).toBe(at(due));
  });

  it('moves nothing back where the clock goes back over midnight', () => {
    const calendar: Calendar = { ...office, zone: 'America/St_Johns', weeklyHours: mondayToFriday('09:00', '17:00') };
    const clock = clockOf(3, 'calendar_days', '2006-10-27T12:00:00.000Z', calendar);
    const afterMidnight = '2006-10-29T02:30:30.000Z'; // 00:00:30 on Sunday; half a minute later it is 23:01 on Saturday
    expect(dueAt(resumeClock(pauseClock(clock, afterMidnight, 'waiting'), '2006-10-29T02:45:00.000Z'))).toBe(dueAt(clock));
  });

  it('adds up over several pauses, and a later one can begin only before the moved due instant', () => {
    let clock = clockOf(3, 'business_days', at(wholeWeek));
    clock = resumeClock(pauseClock(clock, at('2026-11-03 10:00:00'), 'waiting'), at('2026-11-05 09:00:00'));
    expect(dueAt(clock)).toBe(at('2026-11-09 10:00:00'));
    clock = resumeClock(pauseClock(clock, at('2026-11-09 09:00:00'), 'waiting'), at('2026-11-10 09:00:00'));
    expect(dueAt(clock)).toBe(at('2026-11-10 10:00:00'));
  });
});
