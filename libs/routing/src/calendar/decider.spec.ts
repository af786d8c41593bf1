import { givenOf } from '@onedoor/testkit';
import { calendarPublished, publishCalendar } from '../../test/charter.fixtures.js';
import { calendarDecider } from './decider.js';

const given = givenOf(calendarDecider);

describe('publishing a calendar', () => {
  it('begins with version 1 and goes on by one', () => {
    given().when(publishCalendar()).then(calendarPublished());
    given(calendarPublished())
      .when(publishCalendar({ version: 2, skipHolidays: false }))
      .then(calendarPublished({ version: 2, skipHolidays: false }));
  });

  it('the same again changes nothing, in whatever order its fields come', () => {
    const { calendar, ...command } = publishCalendar();
    const reversed = Object.fromEntries(Object.entries(calendar).reverse()) as unknown as typeof calendar;
    given(calendarPublished())
      .when({ ...command, calendar: reversed })
      .thenNothing();
  });

  it('a version that was published never changes', () => {
    given(calendarPublished())
      .when(publishCalendar({ skipHolidays: false }))
      .thenRejects('CALENDAR_VERSION_GAP');
  });

  it('going back to what an older version said needs a new version', () => {
    const history = [calendarPublished(), calendarPublished({ version: 2, skipHolidays: false })];
    given(...history)
      .when(publishCalendar())
      .thenRejects('CALENDAR_VERSION_GAP');
    given(...history)
      .when(publishCalendar({ version: 3 }))
      .then(calendarPublished({ version: 3 }));
  });

  it('leaves no gap', () => {
    given()
      .when(publishCalendar({ version: 2 }))
      .thenRejects('CALENDAR_VERSION_GAP');
  });

  it.each([
    ['an unknown zone', { zone: 'Atlantis/Capital' }],
    ['no hours at all', { weeklyHours: {} }],
    ['a holiday that no year has', { holidays: [{ date: '2026-02-30', name: 'Nowhere day' }] }],
    ['a version that is none', { version: 0 }],
  ])('refuses %s', (_name, draft) => {
    given().when(publishCalendar(draft)).thenRejects('CALENDAR_INVALID');
  });

  it('keeps all versions, for the clocks that were started under them', () => {
    const state = [calendarPublished(), calendarPublished({ version: 2 })].reduce(calendarDecider.evolve, calendarDecider.initial);
    expect(state.map(({ version }) => version)).toEqual([1, 2]);
  });
});
