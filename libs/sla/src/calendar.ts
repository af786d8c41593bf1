import { HOUR_MS, MINUTE_MS } from '@onedoor/kernel';

/**
 * The working hours of an agreement, as plain data read from JSON. A change is a new value with a higher `version`, never an
 * edit, because running clocks carry the calendar they were started under. `calendarProblems` validates a value from outside.
 */
export interface Calendar {
  readonly id: string;
  readonly version: number;
  /** The IANA name of the zone whose wall clock the hours are written in, such as `America/New_York`. */
  readonly zone: string;
  /** Opening hours of each day of the week. A day without hours is not a business day. */
  readonly weeklyHours: Readonly<Partial<Record<Weekday, readonly OpenHours[]>>>;
  readonly holidays: readonly Holiday[];
  /** Whether holidays are excluded from business days. Boston did not skip them in 2011, so each calendar defines it. */
  readonly skipHolidays: boolean;
  readonly businessDays: {
    /** What starts at or after this local time of a business day starts on the next one instead; null for no cut-off. */
    readonly cutOff: DayTimes;
    /** The time of day at which that next business day starts, by its own weekday; null keeps the time of day. */
    readonly nextStart: DayTimes;
    /**
     * Whether a target of business days falls within the hours of its day: what would fall before them or between them is due when the
     * day opens next, and what would fall after them when it closes. Boston's did not in 2011.
     */
    readonly dueWithinHours: boolean;
  };
}

/** `HH:MM` of every day with opening hours, or of some weekdays by their numbers (the others have none); null for none at all. */
export type DayTimes = string | Readonly<Partial<Record<Weekday, string>>> | null;

export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** The time of a weekday; null where it has none. */
export const dayTimeOf = (times: DayTimes, weekday: Weekday): string | null =>
  times === null || typeof times === 'string' ? times : (times[weekday] ?? null);

/** The ISO number of a day of the week: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One stretch of opening hours, `HH:MM` on the wall clock, `from` included and `to` excluded. `to` may be `24:00`. */
export interface OpenHours {
  readonly from: string;
  readonly to: string;
}

/** A local date, `YYYY-MM-DD`, and the name that residents know it by. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Milliseconds from midnight to `HH:MM` on the wall clock, 00:00 to 24:00; null for any other text. */
export function timeOfDayMsOf(text: string): number | null {
  if (text === '24:00') return 24 * HOUR_MS;
  const match = TIME_OF_DAY.exec(text);
  return match === null ? null : Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
}
