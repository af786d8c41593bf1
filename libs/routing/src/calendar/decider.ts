import { accept, canonicalJson, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { calendarProblems, type Calendar } from '@onedoor/sla';

/** A calendar before it has a version. */
export type CalendarDraft = Omit<Calendar, 'version'>;

export interface PublishCalendar {
  readonly type: 'PublishCalendar';
  readonly at: Instant;
  readonly calendar: CalendarDraft;
  /** The version that its author has seen; 0 for the first. */
  readonly basedOn: number;
}

export type CalendarEvent = DomainEvent<'CalendarPublished', Calendar>;

export const CALENDAR_SHAPES = { CalendarPublished: { v: 1 } } as const;

/**
 * The versions of one business calendar: stream `calendar-<id>`. Clocks freeze the version they start under. What says the same as the
 * present version changes nothing; anything else becomes the next version, where its author has seen the present one.
 */
export const calendarDecider: Decider<readonly Calendar[], PublishCalendar, CalendarEvent> = {
  initial: [],
  decide({ at, calendar: draft, basedOn }, versions) {
    const present = versions.at(-1);
    if (present !== undefined && canonicalJson({ ...draft, version: present.version }) === canonicalJson(present)) return accept();
    const calendar = { ...draft, version: versions.length + 1 };
    const problems = calendarProblems(calendar);
    if (problems.length > 0) return reject('CALENDAR_INVALID', problems.join('; '));
    if (basedOn !== versions.length)
      return reject('CALENDAR_CHANGED', `basedOn: the present version is ${versions.length}, not ${basedOn}`);
    return accept<CalendarEvent>({ type: 'CalendarPublished', at, data: calendar });
  },
  evolve: (versions, event) => [...versions, event.data],
};

export const describeCalendar = ({ data: { version, zone, holidays } }: CalendarEvent): string =>
  `Version ${version} published: hours in ${zone}, ${holidays.length} holidays`;
