import { givenOf } from '@onedoor/testkit';
import { calendarPublished, publishCalendar } from '../../test/agreed.fixtures.js';
import { hours, justBefore, monday, OFFICE } from '../../test/case.fixtures.js';
import { calendarDecider, calendarInForce } from './decider.js';

const given = givenOf(calendarDecider);

describe('publishing a calendar', () => {
  it('begins with version 1 and goes on by one', () => {
    given().when(publishCalendar()).then(calendarPublished());
    given(calendarPublished())
      .when(publishCalendar({ skipHolidays: false }, 1))
      .then(calendarPublished({ version: 2, skipHolidays: false }));
  });

  it('the same again changes nothing, in any order of its fields, and whichever version its author names', () => {
    const { calendar, ...command } = publishCalendar();
    const reversed = Object.fromEntries(Object.entries(calendar).reverse()) as unknown as typeof calendar;
    given(calendarPublished())
      .when({ ...command, calendar: reversed })
      .thenNothing();
    given(calendarPublished()).when(publishCalendar({}, 7)).thenNothing();
  });

  const MORNING = { from: '08:00', to: '12:00' };
  const NOON = { from: '12:00', to: '13:00' };
  const EVENING = { from: '18:00', to: '21:00' };
  const HOLIDAYS = [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2026-05-25', name: 'Memorial Day' },
  ];
  const businessDays = { cutOff: '17:00', nextStart: '09:00', dueWithinHours: false };
  const spelled = { weeklyHours: { 1: [MORNING, NOON, EVENING], 3: [MORNING] }, holidays: HOLIDAYS, businessDays };

  it.each([
    ['its holidays in another order', { ...spelled, holidays: [...HOLIDAYS].reverse() }],
    ['its hours in another order', { ...spelled, weeklyHours: { 3: [MORNING], 1: [EVENING, MORNING, NOON] } }],
    ['days without hours written', { ...spelled, weeklyHours: { ...spelled.weeklyHours, 2: [], 7: [] } }],
    [
      'hours that follow on one another as one',
      { ...spelled, weeklyHours: { 1: [{ from: '08:00', to: '13:00' }, EVENING], 3: [MORNING] } },
    ],
    [
      'its cut-off said for each day',
      { ...spelled, businessDays: { cutOff: { 1: '17:00', 3: '17:00' }, nextStart: { 1: '09:00', 3: '09:00' }, dueWithinHours: false } },
    ],
  ])('the same with %s changes nothing, either way', (_how, other) => {
    given(calendarPublished(spelled)).when(publishCalendar(other)).thenNothing();
    given(calendarPublished(other)).when(publishCalendar(spelled)).thenNothing();
  });

  it.each([
    ['an hour on another day', { ...spelled, weeklyHours: { 2: [MORNING, NOON, EVENING], 3: [MORNING] } }],
    ['a gap between hours', { ...spelled, weeklyHours: { 1: [MORNING, { from: '12:01', to: '13:00' }, EVENING], 3: [MORNING] } }],
    ['a holiday of another name', { ...spelled, holidays: HOLIDAYS.map(({ date }) => ({ date, name: 'Closed' })) }],
  ])('%s is another version', (_how, other) => {
    given(calendarPublished(spelled))
      .when(publishCalendar(other, 1))
      .then(calendarPublished({ ...other, version: 2 }));
  });

  it('refuses an author who has not seen the present version', () => {
    given().when(publishCalendar({}, 1)).thenRejects('CALENDAR_CHANGED');
    given(calendarPublished())
      .when(publishCalendar({ skipHolidays: false }))
      .thenRejects('CALENDAR_CHANGED');
  });

  it('going back to what an older version said makes a new version', () => {
    given(calendarPublished(), calendarPublished({ version: 2, skipHolidays: false }))
      .when(publishCalendar({}, 2))
      .then(calendarPublished({ version: 3 }));
  });

  it.each([
    ['an unknown zone', { zone: 'Atlantis/Capital' }],
    ['no hours at all', { weeklyHours: {} }],
    ['a holiday that no year has', { holidays: [{ date: '2026-02-30', name: 'Nowhere day' }] }],
    ['a holiday named twice', { holidays: [...HOLIDAYS, { date: '2026-12-25', name: 'Christmas' }] }],
    ['an id that is none', { id: '' }],
    ['an id of two lines', { id: 'city\nhall' }],
    ['an id that paths resolve', { id: '..' }],
  ])('refuses %s', (_name, draft) => {
    given().when(publishCalendar(draft)).thenRejects('CALENDAR_INVALID');
  });

  it('takes the setting that came later as it was before, where a draft leaves it out: that changes nothing', () => {
    const { dueWithinHours: _, ...before } = OFFICE.businessDays;
    given()
      .when(publishCalendar({ businessDays: before }))
      .then(calendarPublished());
    given(calendarPublished())
      .when(publishCalendar({ businessDays: before }))
      .thenNothing();
    const within = { ...OFFICE.businessDays, dueWithinHours: true };
    given(calendarPublished())
      .when(publishCalendar({ businessDays: within }, 1))
      .then(calendarPublished({ version: 2, businessDays: within }));
  });

  it('is in force from its publication on, until the next', () => {
    const later = { ...calendarPublished({ version: 2, skipHolidays: false }), at: hours(10) };
    const state = [calendarPublished(), later].reduce(calendarDecider.evolve, calendarDecider.initial);
    const inForce = (at: string) => calendarInForce(state, at)?.version ?? null;
    expect([justBefore(monday), monday, justBefore(hours(10)), hours(10)].map(inForce)).toEqual([null, 1, 1, 2]);
  });

  it('keeps all versions, for the clocks that were started under them', () => {
    const state = [calendarPublished(), calendarPublished({ version: 2 })].reduce(calendarDecider.evolve, calendarDecider.initial);
    expect(state.map(({ calendar }) => calendar.version)).toEqual([1, 2]);
  });
});
