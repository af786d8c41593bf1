import { DAY_MS, MINUTE_MS } from '@onedoor/kernel';
import fc from 'fast-check';
import type { Calendar, DayTimes, OpenHours, Target, Weekday } from '../src/index.js';

export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

const found = new Map<string, readonly number[]>();

/** Instants from 1970 to 2037 at which the clocks of a zone change, cached per zone. */
export function transitionsOf(zone: string): readonly number[] {
  const transitions = found.get(zone) ?? findTransitions(zone);
  found.set(zone, transitions);
  return transitions;
}

function findTransitions(zone: string): readonly number[] {
  const transitions: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  while ((at = at.getTimeZoneTransition('next')) !== null && at.epochMilliseconds < Date.UTC(2038, 0))
    transitions.push(at.epochMilliseconds);
  return transitions;
}

const clockTime = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Up to three periods of a day; sometimes they touch, begin at midnight or end at it. */
const hoursOfDay: fc.Arbitrary<readonly OpenHours[]> = fc
  .uniqueArray(fc.oneof({ weight: 4, arbitrary: fc.nat(1440) }, { weight: 1, arbitrary: fc.constantFrom(0, 60, 120, 1380, 1440) }), {
    maxLength: 6,
  })
  .map((minutes) => minutes.sort((one, other) => one - other))
  .map((minutes) =>
    Array.from({ length: Math.floor(minutes.length / 2) }, (_, index) => ({
      from: clockTime(minutes[2 * index] ?? 0),
      to: clockTime(minutes[2 * index + 1] ?? 0),
    })),
  );

const weeklyHours = fc
  .tuple(hoursOfDay, hoursOfDay, hoursOfDay, hoursOfDay, hoursOfDay, hoursOfDay, hoursOfDay)
  .map((days): Calendar['weeklyHours'] => Object.fromEntries(days.map((hours, index) => [(index + 1) as Weekday, hours])))
  .filter((week) => Object.values(week).some((hours) => hours.length > 0));

/** A time for every day, for none, or for some of those that have hours. */
const dayTimes = (week: Calendar['weeklyHours']): fc.Arbitrary<DayTimes> => {
  const days = ([1, 2, 3, 4, 5, 6, 7] as const).filter((weekday) => (week[weekday] ?? []).length > 0);
  const time = fc.nat(1439).map(clockTime);
  const someDays = fc.uniqueArray(fc.tuple(fc.constantFrom(...days), time), { selector: ([weekday]) => weekday });
  return fc.oneof(
    fc.constant(null),
    time,
    someDays.map((entries): DayTimes => Object.fromEntries(entries)),
  );
};

/** A calendar of one zone, some of whose holidays lie within days of an instant. */
export const calendarAround = (zone: string, epochMs: number): fc.Arbitrary<Calendar> =>
  weeklyHours.chain((week) => calendarOf(zone, epochMs, week));

const calendarOf = (zone: string, epochMs: number, week: Calendar['weeklyHours']): fc.Arbitrary<Calendar> =>
  fc.record({
    id: fc.constant('random'),
    version: fc.constant(1),
    zone: fc.constant(zone),
    weeklyHours: fc.constant(week),
    holidays: fc
      .array(fc.integer({ min: -3, max: 8 }), { maxLength: 4 })
      .map((days) => days.map((day) => ({ date: new Date(epochMs + day * DAY_MS).toISOString().slice(0, 10), name: `Holiday ${day}` }))),
    skipHolidays: fc.boolean(),
    businessDays: fc.record({ cutOff: dayTimes(week), nextStart: dayTimes(week), dueWithinHours: fc.boolean() }),
  });

export const targets: fc.Arbitrary<Target> = fc.oneof(
  ...(['elapsed_minutes', 'business_minutes'] as const).map((unit) =>
    fc.record({ amount: fc.integer({ min: 1, max: 6_000 }), unit: fc.constant(unit) }),
  ),
  ...(['elapsed_hours', 'business_hours'] as const).map((unit) =>
    fc.record({ amount: fc.integer({ min: 1, max: 100 }), unit: fc.constant(unit) }),
  ),
  ...(['business_days', 'calendar_days'] as const).map((unit) =>
    fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constant(unit) }),
  ),
);

/** A zone, an instant near a change of its clocks (or any, where they never change), and a calendar there. */
export const places = fc
  .tuple(fc.constantFrom(...ZONES), fc.nat(), fc.integer({ min: -5 * 1440, max: 2 * 1440 }), fc.nat(59_999))
  .chain(([zone, choice, minutes, ms]) => {
    const changes = transitionsOf(zone);
    const startMs = (changes[choice % changes.length] ?? Date.UTC(2026, 10, 9)) + minutes * MINUTE_MS + ms;
    return calendarAround(zone, startMs).map((calendar) => ({ calendar, startMs }));
  });
