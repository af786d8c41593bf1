import { calendarProblems, dueAt, startClock, targetProblems, warningProblems, type Calendar, type Target } from '../src/index.js';
import { boston, office } from './fixtures.js';

const ID_RULE = 'id: must be 1 to 200 characters that can be seen, with spaces between them only and no dot before them';

describe('a calendar from outside', () => {
  it('is accepted when it is one, also after a trip through JSON', () => {
    for (const calendar of [boston, office, JSON.parse(JSON.stringify(office))]) expect(calendarProblems(calendar)).toEqual([]);
    const roundTheClock = {
      ...office,
      weeklyHours: {
        1: [
          { from: '12:00', to: '24:00' },
          { from: '00:00', to: '12:00' },
        ],
        7: [],
      },
    };
    expect(calendarProblems(roundTheClock)).toEqual([]);
    expect(calendarProblems({ ...office, businessDays: { cutOff: null, nextStart: null } })).toEqual([]);
  });

  it('can hold the longest target of every unit, however few its hours and however many its holidays', () => {
    const firstMonday = Date.UTC(2026, 0, 5);
    const narrowest: Calendar = {
      ...office,
      weeklyHours: { 1: [{ from: '09:00', to: '13:00' }] },
      holidays: Array.from({ length: 3_650 }, (_, week) => ({
        date: new Date(firstMonday + week * 7 * 86_400_000).toISOString().slice(0, 10),
        name: 'No work',
      })),
      skipHolidays: true,
    };
    expect(calendarProblems(narrowest)).toEqual([]);
    const longest: readonly Target[] = [
      { amount: 1_248_000, unit: 'business_minutes' },
      { amount: 20_800, unit: 'business_hours' },
      { amount: 3_650, unit: 'business_days' },
      { amount: 3_650, unit: 'calendar_days' },
    ];
    for (const target of longest) {
      expect(targetProblems(target)).toEqual([]);
      const clock = startClock({ milestone: 'resolve', startedAt: '2026-01-01T12:00:00.000Z', target, calendar: narrowest, warnings: [] });
      expect(dueAt(clock)).toMatch(/^2\d{3}-/);
    }
  });

  const hours = (...spans: readonly unknown[]): unknown => ({ weeklyHours: { 2: spans } });
  it.each([
    [{ id: '' }, ID_RULE],
    [{ id: 7 }, ID_RULE],
    [{ id: 'x'.repeat(201) }, ID_RULE],
    [{ colour: 'red' }, 'colour: there is no such field'],
    [{ version: 0 }, 'version: must be a whole number from 1'],
    [{ version: '1' }, 'version: must be a whole number from 1'],
    [{ zone: 'Mars/Olympus' }, 'zone: must be an IANA time zone such as America/New_York'],
    [{ zone: '+05:00' }, 'zone: must be an IANA time zone such as America/New_York'],
    [{ zone: '2026-11-09T00:00Z' }, 'zone: must be an IANA time zone such as America/New_York'],
    [{ zone: undefined }, 'zone: must be an IANA time zone such as America/New_York'],
    [{ weeklyHours: null }, 'weeklyHours: must be an object of opening hours by weekday'],
    [{ weeklyHours: { 0: [] } }, 'weeklyHours.0: a weekday is 1 (Monday) to 7 (Sunday)'],
    [{ weeklyHours: { monday: [] } }, 'weeklyHours.monday: a weekday is 1 (Monday) to 7 (Sunday)'],
    [{ weeklyHours: { 2: '9 to 5' } }, 'weeklyHours.2: must be a list of opening hours'],
    [{ weeklyHours: {} }, 'weeklyHours: must be open for 4 hours of the week or more'],
    [{ weeklyHours: { 1: [], 2: [] } }, 'weeklyHours: must be open for 4 hours of the week or more'],
    [hours({ from: '09:00', to: '12:59' }), 'weeklyHours: must be open for 4 hours of the week or more'],
    [hours({ from: '09:00', to: '17:00', lunch: true }), 'weeklyHours.2[0].lunch: there is no such field'],
    [hours({ from: '9:00', to: '17:00' }), 'weeklyHours.2[0].from: must be HH:MM, 00:00 to 23:59'],
    [hours({ from: '24:00', to: '24:00' }), 'weeklyHours.2[0].from: must be HH:MM, 00:00 to 23:59'],
    [hours({ from: '09:00', to: '24:01' }), 'weeklyHours.2[0].to: must be HH:MM, 00:01 to 24:00'],
    [hours({ from: '09:00' }), 'weeklyHours.2[0].to: must be HH:MM, 00:01 to 24:00'],
    [hours({ from: '17:00', to: '09:00' }), 'weeklyHours.2[0]: from must be earlier than to'],
    [hours({ from: '09:00', to: '09:00' }), 'weeklyHours.2[0]: from must be earlier than to'],
    [
      hours({ from: '09:00', to: '12:00' }, { from: '11:59', to: '17:00' }),
      'weeklyHours.2[1]: must not overlap other opening hours of the day',
    ],
    [{ holidays: undefined }, 'holidays: must be a list'],
    [{ holidays: [{ date: '2011-02-30', name: 'None' }] }, 'holidays[0].date: must be a date that exists, YYYY-MM-DD'],
    [{ holidays: [{ date: '7/4/2011', name: 'Independence Day' }] }, 'holidays[0].date: must be a date that exists, YYYY-MM-DD'],
    [{ holidays: [{ date: '2011-07-04' }] }, 'holidays[0].name: must be a text that is not empty'],
    [{ holidays: Array.from({ length: 3_651 }, () => ({ date: '2011-07-04', name: 'Again' })) }, 'holidays: must not be more than 3650'],
    [
      { holidays: [{ date: '2011-07-04', name: '\ud800' }] },
      'holidays[0].name: must be text of up to 100 characters, in well-formed Unicode and without NUL',
    ],
    [{ holidays: [{ date: '2011-07-04', name: 'Independence Day', paid: true }] }, 'holidays[0].paid: there is no such field'],
    [{ skipHolidays: 'no' }, 'skipHolidays: must be true or false'],
    [{ businessDays: undefined }, 'businessDays: must be an object with cutOff and nextStart'],
    [{ businessDays: { cutOff: '5 pm', nextStart: null } }, 'businessDays.cutOff: must be HH:MM, 00:00 to 23:59, or null'],
    [{ businessDays: { cutOff: '24:00', nextStart: null } }, 'businessDays.cutOff: must be HH:MM, 00:00 to 23:59, or null'],
    [{ businessDays: { cutOff: null, nextStart: null, zone: 'UTC' } }, 'businessDays.zone: there is no such field'],
    [{ businessDays: { cutOff: '17:00' } }, 'businessDays.nextStart: must be HH:MM, 00:00 to 23:59, or null'],
    [{ businessDays: { cutOff: null, nextStart: null, dueWithinHours: 'no' } }, 'businessDays.dueWithinHours: must be true or false'],
    [{ businessDays: { cutOff: { 5: '24:00' }, nextStart: null } }, 'businessDays.cutOff.5: must be HH:MM, 00:00 to 23:59'],
    [{ businessDays: { cutOff: { 8: '12:00' }, nextStart: null } }, 'businessDays.cutOff.8: a weekday is 1 (Monday) to 7 (Sunday)'],
    [
      { businessDays: { cutOff: null, nextStart: { 6: '10:00' } } },
      'businessDays.nextStart.6: the day has no opening hours, and so no such time',
    ],
    [{ businessDays: { cutOff: ['12:00'], nextStart: null } }, 'businessDays.cutOff: must be HH:MM, 00:00 to 23:59, or null'],
  ])('with %j is refused', (change, problem) => {
    expect(calendarProblems({ ...office, ...(change as object) })).toEqual([problem]);
  });

  it('is told of every problem at once', () => {
    expect(calendarProblems({ weeklyHours: { 1: [{}] }, holidays: [{}] })).toHaveLength(9);
    for (const value of [null, undefined, 7, 'calendar', []]) expect(calendarProblems(value)).toEqual(['calendar: must be an object']);
  });
});

describe('a target from outside', () => {
  it.each(['elapsed_minutes', 'elapsed_hours', 'business_minutes', 'business_hours', 'business_days', 'calendar_days'])(
    'may be in %s',
    (unit) => {
      expect(targetProblems({ amount: 720, unit })).toEqual([]);
    },
  );

  const units = 'unit: must be one of elapsed_minutes, elapsed_hours, business_minutes, business_hours, business_days, calendar_days';
  it.each([
    [null, ['target: must be an object with amount and unit']],
    [{ amount: 0, unit: 'business_days' }, ['amount: must be a whole number from 1']],
    [{ amount: 1.5, unit: 'business_days' }, ['amount: must be a whole number from 1']],
    [{ amount: '2', unit: 'business_days' }, ['amount: must be a whole number from 1']],
    [{ amount: 3_651, unit: 'business_days' }, ['amount: must not be more than 3650 business_days']],
    [{ amount: 2, unit: 'weeks' }, [units]],
    [{ amount: 2, unit: 'business_days', from: 'noon' }, ['from: there is no such field']],
    [{ amount: 2, unit: 'toString' }, [units]],
    [{}, ['amount: must be a whole number from 1', units]],
  ])('%j is refused', (target, problems) => {
    expect(targetProblems(target)).toEqual(problems);
  });
});

describe('a warning from outside', () => {
  it.each([{ fraction: 0.75 }, { leadMinutes: 60 }])('may be %j', (warning) => {
    expect(warningProblems(warning)).toEqual([]);
  });

  const fraction = 'fraction: must be a number between 0 and 1, both excluded';
  const lead = 'leadMinutes: must be a whole number from 1 to 5256000';
  it.each([
    [[], 'warning: must be an object with fraction or leadMinutes'],
    [{}, 'warning: must have either fraction or leadMinutes'],
    [{ fraction: 0.5, leadMinutes: 5 }, 'warning: must have either fraction or leadMinutes'],
    [{ fraction: 0.5, twice: true }, 'twice: there is no such field'],
    [{ fraction: 0 }, fraction],
    [{ fraction: 1 }, fraction],
    [{ fraction: Number.NaN }, fraction],
    [{ fraction: '0.5' }, fraction],
    [{ leadMinutes: 0 }, lead],
    [{ leadMinutes: 2.5 }, lead],
    [{ leadMinutes: 5_256_001 }, lead],
  ])('%j is refused', (warning, problem) => {
    expect(warningProblems(warning)).toEqual([problem]);
  });
});
