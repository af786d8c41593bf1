import { accept, canonicalJson, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { calendarProblems, type Calendar } from '@onedoor/sla';

export interface PublishCalendar {
  readonly type: 'PublishCalendar';
  readonly at: Instant;
  readonly calendar: Calendar;
}

export type CalendarEvent = DomainEvent<'CalendarPublished', Calendar>;

export const CALENDAR_SHAPES = { CalendarPublished: { v: 1 } } as const;

/** The versions of one business calendar: stream `calendar-<id>`. Clocks freeze the version they start under. */
export const calendarDecider: Decider<readonly Calendar[], PublishCalendar, CalendarEvent> = {
  initial: [],
  decide({ at, calendar }, versions) {
    if (canonicalJson(versions.at(-1)) === canonicalJson(calendar)) return accept();
    const problems = calendarProblems(calendar);
    if (problems.length > 0) return reject('CALENDAR_INVALID', problems.join('; '));
    if (calendar.version !== versions.length + 1) return reject('CALENDAR_VERSION_GAP', `The next version is ${versions.length + 1}`);
    return accept<CalendarEvent>({ type: 'CalendarPublished', at, data: calendar });
  },
  evolve: (versions, event) => [...versions, event.data],
};
