import { fieldsOf, HOUR_MS, identifierRule, isIdentifier } from '@onedoor/kernel';
import { businessDayProblems } from './business-day-problems.js';
import { timeOfDayMsOf } from './calendar.js';
import { problemIf, textProblems, unknownFieldProblems } from './json-problems.js';
import { localDayOf } from './local-date.js';

/**
 * Holidays that one calendar may hold: ten years of days. A search for the next business day, bounded at 200 years, thus
 * always ends for a calendar that opens on some day of the week.
 */
const HOLIDAYS_MAX = 3_650;
/**
 * The least open time of a week: in 200 years, less the 70 whose only open day of the week may be a holiday, it holds the longest target
 * of business time (20,800 hours). So every agreement can be kept by every calendar.
 */
const OPEN_MS_MIN = 4 * HOUR_MS;
/** Opening hours of one day: one for each half an hour. */
const HOURS_MAX = 48;
/** Characters of the name of a holiday: thousands of them fit into one body. */
const HOLIDAY_NAME_CHARACTERS = 100;
const FIELDS = ['id', 'version', 'zone', 'weeklyHours', 'holidays', 'skipHolidays', 'businessDays'];
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/;

/** Characters of the id of a calendar. */
export const CALENDAR_ID_CHARACTERS = 200;

/** Every reason why a value read from JSON is not a `Calendar`, each naming the field and the rule it breaks; empty for a valid one. */
export function calendarProblems(value: unknown): readonly string[] {
  const calendar = fieldsOf(value);
  if (calendar === null) return ['calendar: must be an object'];
  return [
    ...unknownFieldProblems('', calendar, FIELDS),
    ...problemIf(!isIdentifier(calendar['id'], CALENDAR_ID_CHARACTERS), `id: ${identifierRule(CALENDAR_ID_CHARACTERS)}`),
    ...problemIf(!Number.isSafeInteger(calendar['version']) || Number(calendar['version']) < 1, 'version: must be a whole number from 1'),
    ...zoneProblems(calendar['zone']),
    ...weekProblems(calendar['weeklyHours']),
    ...holidayProblems(calendar['holidays']),
    ...problemIf(typeof calendar['skipHolidays'] !== 'boolean', 'skipHolidays: must be true or false'),
    ...businessDayProblems(calendar['businessDays'], calendar['weeklyHours']),
  ];
}

function zoneProblems(zone: unknown): readonly string[] {
  return problemIf(typeof zone !== 'string' || !isKnownZone(zone), 'zone: must be an IANA time zone such as America/New_York');
}

/** Accepts names of the IANA database only: an offset such as +05:00 has no rules for daylight saving. */
export function isKnownZone(zone: string): boolean {
  if (!ZONE_NAME.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function weekProblems(value: unknown): readonly string[] {
  const week = fieldsOf(value);
  if (week === null) return ['weeklyHours: must be an object of opening hours by weekday'];
  const problems = Object.entries(week).flatMap(([weekday, hours]) => {
    const field = `weeklyHours.${weekday}`;
    if (!/^[1-7]$/.test(weekday)) return [`${field}: a weekday is 1 (Monday) to 7 (Sunday)`];
    return Array.isArray(hours) ? hoursProblems(field, hours) : [`${field}: must be a list of opening hours`];
  });
  if (problems.length > 0) return problems;
  const openMs = Object.values(week as Readonly<Record<string, readonly { readonly from: string; readonly to: string }[]>>)
    .flat()
    .reduce((sum, { from, to }) => sum + (timeOfDayMsOf(to) ?? 0) - (timeOfDayMsOf(from) ?? 0), 0);
  return problemIf(openMs < OPEN_MS_MIN, `weeklyHours: must be open for ${OPEN_MS_MIN / HOUR_MS} hours of the week or more`);
}

function hoursProblems(field: string, hours: readonly unknown[]): readonly string[] {
  if (hours.length > HOURS_MAX) return [`${field}: must not be more than ${HOURS_MAX}`];
  const problems: string[] = [];
  const spans: { readonly fromMs: number; readonly toMs: number }[] = [];
  hours.forEach((entry, index) => {
    const { from, to, ...others } = fieldsOf(entry) ?? {};
    problems.push(...unknownFieldProblems(`${field}[${index}].`, others, []));
    const fromMs = typeof from === 'string' && from !== '24:00' ? timeOfDayMsOf(from) : null;
    const toMs = typeof to === 'string' ? timeOfDayMsOf(to) : null;
    if (fromMs === null) problems.push(`${field}[${index}].from: must be HH:MM, 00:00 to 23:59`);
    if (toMs === null) problems.push(`${field}[${index}].to: must be HH:MM, 00:01 to 24:00`);
    if (fromMs === null || toMs === null) return;
    if (fromMs >= toMs) problems.push(`${field}[${index}]: from must be earlier than to`);
    else if (spans.some((span) => fromMs < span.toMs && span.fromMs < toMs))
      problems.push(`${field}[${index}]: must not overlap other opening hours of the day`);
    else spans.push({ fromMs, toMs });
  });
  return problems;
}

function holidayProblems(holidays: unknown): readonly string[] {
  if (!Array.isArray(holidays)) return ['holidays: must be a list'];
  if (holidays.length > HOLIDAYS_MAX) return [`holidays: must not be more than ${HOLIDAYS_MAX}`];
  const dates = holidays.map((entry: unknown) => fieldsOf(entry)?.['date']);
  const first = new Map([...dates.entries()].reverse().map(([place, date]) => [date, place]));
  return holidays.flatMap((entry: unknown, index) => {
    const { date, name, ...others } = fieldsOf(entry) ?? {};
    return [
      ...problemIf(typeof date === 'string' && first.get(date) !== index, `holidays[${index}].date: is that of another holiday`),
      ...unknownFieldProblems(`holidays[${index}].`, others, []),
      ...problemIf(
        typeof date !== 'string' || localDayOf(date) === null,
        `holidays[${index}].date: must be a date that exists, YYYY-MM-DD`,
      ),
      ...textProblems(`holidays[${index}].name`, name, HOLIDAY_NAME_CHARACTERS),
    ];
  });
}
