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
    ['an id that is none', { id: '' }],
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
