import type { EventShapes } from '@onedoor/engine';
import { accept, canonicalJson, counted, reject, unordered, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { calendarProblems, type Calendar, type OpenHours } from '@onedoor/sla';

/** A calendar before it has a version. What it leaves out of its rules is as it was before the setting came. */
export type CalendarDraft = Omit<Calendar, 'version' | 'businessDays'> & {
  readonly businessDays: Pick<Calendar['businessDays'], 'cutOff' | 'nextStart'> & Partial<Calendar['businessDays']>;
};

/** A version of a calendar, in force from its publication on. */
export interface PublishedCalendar {
  readonly publishedAt: Instant;
  readonly calendar: Calendar;
}

export interface PublishCalendar {
  readonly type: 'PublishCalendar';
  readonly at: Instant;
  readonly calendar: CalendarDraft;
  /** The version that its author has seen; 0 for the first. */
  readonly basedOn: number;
}

export type CalendarEvent = DomainEvent<'CalendarPublished', Calendar>;

/** The current version of the event's shape. Before its second, no calendar held targets to the hours of their day. */
export const CALENDAR_SHAPES: EventShapes<CalendarEvent['type']> = {
  CalendarPublished: { v: 2, upcast: (data) => withDueWithinHours(data as CalendarDraft & { readonly version: number }) },
};

/** A calendar of an earlier release, also where a clock of that time holds it. */
export const withDueWithinHours = <Draft extends CalendarDraft>(
  draft: Draft,
): Omit<Draft, 'businessDays'> & Pick<Calendar, 'businessDays'> => ({
  ...draft,
  businessDays: { ...draft.businessDays, dueWithinHours: draft.businessDays.dueWithinHours ?? false },
});

/**
 * The versions of one business calendar: stream `calendar-<id>`. Clocks freeze the version they start under. What says the same as the
 * present version changes nothing; anything else becomes the next version, where its author has seen the present one.
 */
export const calendarDecider: Decider<readonly PublishedCalendar[], PublishCalendar, CalendarEvent> = {
  initial: [],
  decide({ at, calendar: draft, basedOn }, versions) {
    const present = versions.at(-1)?.calendar;
    const calendar: Calendar = withDueWithinHours({ ...draft, version: versions.length + 1 });
    if (present !== undefined && meaningOf({ ...calendar, version: present.version }) === meaningOf(present)) return accept();
    const problems = calendarProblems(calendar);
    if (problems.length > 0) return reject('CALENDAR_INVALID', problems.join('; '));
    if (basedOn !== versions.length)
      return reject('CALENDAR_CHANGED', `basedOn: the present version is ${versions.length}, not ${basedOn}`);
    return accept<CalendarEvent>({ type: 'CalendarPublished', at, data: calendar });
  },
  evolve: (versions, { at, data }) => [...versions, { publishedAt: at, calendar: data }],
};

/** The version in force at an instant: the newest one published by then; null where there was none. */
export const calendarInForce = (versions: readonly PublishedCalendar[], at: Instant): Calendar | null =>
  versions.findLast(({ publishedAt }) => publishedAt <= at)?.calendar ?? null;

/**
 * What a calendar says, whatever the order of its hours and holidays, with days without hours written or left out, and with a time of every
 * day said once or for each.
 */
function meaningOf({ weeklyHours, holidays, businessDays, ...rest }: Calendar): string {
  const open = Object.entries(weeklyHours).filter(([, hours]) => hours.length > 0);
  const timeOfEach = (times: Calendar['businessDays']['cutOff']): unknown =>
    typeof times === 'string' ? Object.fromEntries(open.map(([weekday]) => [weekday, times])) : (times ?? {});
  return canonicalJson({
    ...rest,
    weeklyHours: Object.fromEntries(open.map(([weekday, hours]) => [weekday, joined(hours)])),
    holidays: unordered(holidays),
    businessDays: { ...businessDays, cutOff: timeOfEach(businessDays.cutOff), nextStart: timeOfEach(businessDays.nextStart) },
  });
}

/** Hours in their order, and hours that follow on one another as one. */
const joined = (hours: readonly OpenHours[]): readonly OpenHours[] =>
  [...hours]
    .sort((one, other) => (one.from < other.from ? -1 : 1))
    .reduce<readonly OpenHours[]>((all, { from, to }) => {
      const last = all.at(-1);
      return last?.to === from ? [...all.slice(0, -1), { from: last.from, to }] : [...all, { from, to }];
    }, []);

export const describeCalendar = ({ data: { version, zone, holidays } }: CalendarEvent): string =>
  `Version ${version} published: hours in ${zone}, ${counted(holidays.length, 'holiday')}`;
