import { instantOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { type Calendar, type DayTimes, dueAt, type Weekday } from '../src/index.js';
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
    [{ cutOff: null, nextStart: null, dueWithinHours: false }, '2011-07-06 21:00:00'],
    [{ cutOff: null, nextStart: '08:30', dueWithinHours: false }, '2011-07-06 21:00:00'],
    [{ cutOff: '17:00', nextStart: null, dueWithinHours: false }, '2011-07-07 21:00:00'],
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

  const timeOf = (times: DayTimes, { dayOfWeek }: Temporal.PlainDate): string | null =>
    times === null || typeof times === 'string' ? times : (times[dayOfWeek as Weekday] ?? null);
  /** Minute by minute, on from the time to the next open one of the day, or back from it to its last closing. */
  const withinHoursOf = (calendar: Calendar, { dayOfWeek }: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.PlainTime => {
    const hours = [...(calendar.weeklyHours[dayOfWeek as Weekday] ?? [])];
    const shown = time.toString({ smallestUnit: 'millisecond' });
    if (hours.some(({ from, to }) => from <= shown && (to === '24:00' || shown <= `${to}:00.000`))) return time;
    const later = hours.map(({ from }) => from).filter((from) => from > shown);
    return Temporal.PlainTime.from(
      later.length > 0
        ? (later.sort()[0] ?? '')
        : (hours
            .map(({ to }) => to)
            .sort()
            .at(-1) ?? ''),
    );
  };

  it('in every zone, around the days when clocks change', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 8 }), ({ calendar, startMs }, amount) => {
        const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(calendar.zone);
        let [date, time] = [start.toPlainDate(), start.toPlainTime()];
        const calendarDue = date.add({ days: amount }).toZonedDateTime({ timeZone: calendar.zone, plainTime: time });
        expect(dueAt(clockOf(amount, 'calendar_days', instantOf(startMs), calendar))).toBe(instantOf(calendarDue.epochMilliseconds));
        const { cutOff, nextStart, dueWithinHours } = calendar.businessDays;
        if (!isBusinessDay(calendar, date)) date = nextBusinessDay(calendar, date);
        const cutOffOfDay = timeOf(cutOff, date);
        if (cutOffOfDay !== null && Temporal.PlainTime.compare(time, cutOffOfDay) >= 0) {
          date = nextBusinessDay(calendar, date);
          time = Temporal.PlainTime.from(timeOf(nextStart, date) ?? time);
        }
        for (let rest = amount; rest > 0; rest--) date = nextBusinessDay(calendar, date);
        if (dueWithinHours) time = withinHoursOf(calendar, date, time);
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

describe('a cut-off and next start by weekday', () => {
  const early: Calendar = {
    ...office,
    weeklyHours: { ...mondayToFriday('09:00', '17:00'), 6: [{ from: '10:00', to: '13:00' }] },
    businessDays: { cutOff: { 1: '17:00', 5: '12:00', 6: '12:00' }, nextStart: { 2: '09:00', 6: '10:00' }, dueWithinHours: false },
  };

  it.each([
    ['2026-11-06 11:59:59', '2026-11-07 11:59:59', 'Friday before noon is Friday'],
    ['2026-11-06 12:00:00', '2026-11-09 10:00:00', 'Friday from noon on is Saturday, at its next start'],
    ['2026-11-07 12:30:00', '2026-11-10 12:30:00', 'Saturday from noon on is Monday, which has no next start: at the same time of day'],
    ['2026-11-08 18:00:00', '2026-11-12 09:00:00', 'Sunday has no cut-off of its own: Monday evening first, then Tuesday at nine'],
    ['2026-11-10 23:00:00', '2026-11-12 23:00:00', 'Tuesday has no cut-off'],
  ])('opened %s and a business day are %s: %s', (opened, due) => {
    expect(dueAt(clockOf(1, 'business_days', at(opened), early))).toBe(at(due));
  });
});

describe('a target of business days that falls within the hours of its day', () => {
  const within = (businessDays: Partial<Calendar['businessDays']>, weeklyHours = office.weeklyHours): Calendar => ({
    ...office,
    weeklyHours,
    businessDays: { ...office.businessDays, dueWithinHours: true, ...businessDays },
  });
  const halfFridays = { ...mondayToFriday('09:00', '17:00'), 5: [{ from: '09:00', to: '12:00' }] };
  const withLunch = {
    3: [{ from: '09:00', to: '17:00' }],
    4: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  };

  it.each([
    ['2026-11-02 10:00:00', '2026-11-03 10:00:00', within({}), 'within them as it is'],
    ['2026-11-02 06:15:00', '2026-11-03 09:00:00', within({}), 'before opening when the day opens'],
    ['2026-11-02 21:00:00', '2026-11-03 17:00:00', within({ cutOff: null }), 'after closing when it closes'],
    ['2026-11-05 15:00:00', '2026-11-06 12:00:00', within({}, halfFridays), 'by the hours of its own weekday'],
    ['2026-11-04 12:30:00', '2026-11-05 13:00:00', within({}, withLunch), 'between two hours when the day opens again'],
    ['2026-11-04 12:00:00', '2026-11-05 12:00:00', within({}, withLunch), 'at a closing time as it is'],
  ])('opened %s and a business day are %s: %s', (opened, due, calendar) => {
    expect(dueAt(clockOf(1, 'business_days', at(opened), calendar))).toBe(at(due));
  });

  it('holds no calendar days', () => {
    expect(dueAt(clockOf(1, 'calendar_days', at('2026-11-02 06:15:00'), within({})))).toBe(at('2026-11-03 06:15:00'));
  });
});
