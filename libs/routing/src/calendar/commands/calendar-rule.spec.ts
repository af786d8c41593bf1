import { bodyOf, schemaOfDto, type RequestProblem } from '@onedoor/platform';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { OFFICE } from '../../../test/case.fixtures.js';
import { CalendarsRule } from './calendar-rule.js';
import { publish, PublishCalendarBody } from './publish.js';

const { id: _id, version: _version, ...calendar } = OFFICE;
const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (into: Ajv2020) => void)(ajv);
const accepts = ajv.compile(schemaOfDto(PublishCalendarBody) as object);

class CalendarsBody {
  @CalendarsRule('calendars', 2) calendars!: readonly object[];
}

/** What an author is told of a body; empty where it is taken. */
function problemsOf<Body extends object>(type: new () => Body, body: object): readonly string[] {
  try {
    bodyOf(type).transform(JSON.parse(JSON.stringify(body)), { type: 'body' });
    return [];
  } catch (error) {
    return (error as RequestProblem).details;
  }
}

const published = (change: object) => ({ basedOn: 0, calendar: { ...calendar, ...change } });

describe('a calendar from an author', () => {
  const byWeekday = { cutOff: { 1: '17:00', 5: '12:00' }, nextStart: { 1: '09:00' }, dueWithinHours: true };
  it.each([
    published({}),
    publish.example,
    published({ holidays: [], businessDays: { cutOff: null, nextStart: null } }),
    published({ businessDays: byWeekday }),
  ])('is taken by the rule and by its schema', (body) => {
    expect([problemsOf(PublishCalendarBody, body), accepts(body)]).toEqual([[], true]);
  });

  const hours = (from: unknown, to: unknown) => ({ weeklyHours: { 2: [{ from, to }] } });
  it.each([
    [{ zone: 7 }, 'calendar.zone: must be an IANA time zone such as America/New_York'],
    [{ weeklyHours: { 8: [] } }, 'calendar.weeklyHours.8: a weekday is 1 (Monday) to 7 (Sunday)'],
    [hours('24:00', '24:00'), 'calendar.weeklyHours.2[0].from: must be HH:MM, 00:00 to 23:59'],
    [hours('09:00', '24:01'), 'calendar.weeklyHours.2[0].to: must be HH:MM, 00:01 to 24:00'],
    [{ holidays: [{ date: '2011-02-30', name: 'None' }] }, 'calendar.holidays[0].date: must be a date that exists, YYYY-MM-DD'],
    [{ holidays: [{ date: '2011-07-04', name: '' }] }, 'calendar.holidays[0].name: must be a text that is not empty'],
    [{ holidays: [{ date: '2011-07-04', name: 'x', paid: true }] }, 'calendar.holidays[0].paid: there is no such field'],
    [{ skipHolidays: null }, 'calendar.skipHolidays: must be true or false'],
    [{ businessDays: { cutOff: '5 pm', nextStart: null } }, 'calendar.businessDays.cutOff: must be HH:MM, 00:00 to 23:59, or null'],
    [{ businessDays: { cutOff: { 5: 'noon' }, nextStart: null } }, 'calendar.businessDays.cutOff.5: must be HH:MM, 00:00 to 23:59'],
    [
      { businessDays: { cutOff: null, nextStart: { 9: '09:00' } } },
      'calendar.businessDays.nextStart.9: a weekday is 1 (Monday) to 7 (Sunday)',
    ],
    [{ businessDays: { cutOff: null, nextStart: null, dueWithinHours: 1 } }, 'calendar.businessDays.dueWithinHours: must be true or false'],
    [{ colour: 'red' }, 'calendar.colour: there is no such field'],
    [{ version: 2 }, 'calendar.version: there is no such field'],
    [{ id: 'office' }, 'calendar.id: there is no such field'],
  ])('with %j is refused by the rule, which names the field, and by its schema', (change, problem) => {
    const body = published(change);
    expect([problemsOf(PublishCalendarBody, body), accepts(JSON.parse(JSON.stringify(body)))]).toEqual([[problem], false]);
  });

  it('may be wrong in what only the rule knows', () => {
    expect(problemsOf(PublishCalendarBody, published({ zone: 'Mars/Olympus' }))).toEqual([
      'calendar.zone: must be an IANA time zone such as America/New_York',
    ]);
    expect(problemsOf(PublishCalendarBody, published({ weeklyHours: {} }))).toEqual([
      'calendar.weeklyHours: must be open for 4 hours of the week or more',
    ]);
    expect(problemsOf(PublishCalendarBody, { basedOn: -1 })).toEqual([
      'basedOn: must be a whole number from 0 to 10000',
      'calendar: must be an object',
    ]);
  });

  it('has a cut-off on days with opening hours only', () => {
    expect(problemsOf(PublishCalendarBody, published({ businessDays: { cutOff: { 7: '12:00' }, nextStart: null } }))).toEqual([
      'calendar.businessDays.cutOff.7: the day has no opening hours, and so no such time',
    ]);
  });

  it('has an id of its own in a list', () => {
    const ofList = ajv.compile(schemaOfDto(CalendarsBody) as object);
    const listed = { calendars: [{ id: 'office', ...calendar }] };
    expect([problemsOf(CalendarsBody, listed), ofList(listed), ofList({ calendars: [calendar] })]).toEqual([[], true, false]);
    expect(problemsOf(CalendarsBody, { calendars: [{ id: 'office', ...calendar }, calendar] })).toEqual([
      'calendars[1].id: must be 1 to 200 characters that can be seen, with spaces between them only and no dot before them',
    ]);
    expect(problemsOf(CalendarsBody, { calendars: [OFFICE] })).toEqual(['calendars[0].version: there is no such field']);
    expect(problemsOf(CalendarsBody, { calendars: [7] })).toEqual(['calendars[0]: must be an object']);
  });
});
