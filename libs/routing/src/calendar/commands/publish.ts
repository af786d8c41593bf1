import { defineCommand } from '@onedoor/engine';
import { BasedOn } from '@onedoor/platform';
import type { CalendarDraft, PublishCalendar, PublishedCalendar } from '../decider.js';
import { CalendarRule } from './calendar-rule.js';

export class PublishCalendarBody {
  @BasedOn('basedOn') basedOn!: number;
  @CalendarRule('calendar') calendar!: Omit<CalendarDraft, 'id'>;
}

const OFFICE = [{ from: '09:00', to: '17:00' }];

export const publish = defineCommand<readonly PublishedCalendar[], PublishCalendar, never>()({
  name: 'publish',
  type: 'PublishCalendar',
  summary: 'Publish a version of a calendar',
  details: 'What says the same as the present version changes nothing. Clocks that run keep the version that they were started under.',
  body: PublishCalendarBody,
  example: {
    basedOn: 0,
    calendar: {
      zone: 'America/New_York',
      weeklyHours: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE },
      holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
      skipHolidays: true,
      businessDays: { cutOff: '17:00', nextStart: '09:00' },
    },
  },
  roles: ['administrator'],
  stream: 'any',
  refusals: { CALENDAR_INVALID: 400, CALENDAR_CHANGED: 409 },
  prepare: ({ id, body: { basedOn, calendar }, at }) => ({ type: 'PublishCalendar', at, basedOn, calendar: { id, ...calendar } }),
});
