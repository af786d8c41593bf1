import { fieldsOf } from '@onedoor/kernel';
import { timeOfDayMsOf } from './calendar.js';
import { problemIf, unknownFieldProblems } from './json-problems.js';

const TIMES = ['cutOff', 'nextStart'] as const;
const FIELDS = [...TIMES, 'dueWithinHours'];

/** What is wrong with the rules of business days of a calendar read from JSON; `week`: its opening hours, which say what days have any. */
export function businessDayProblems(value: unknown, week: unknown): readonly string[] {
  const rules = fieldsOf(value);
  if (rules === null) return ['businessDays: must be an object with cutOff and nextStart'];
  const { dueWithinHours } = rules;
  return [
    ...unknownFieldProblems('businessDays.', rules, FIELDS),
    ...TIMES.flatMap((field) => dayTimesProblems(`businessDays.${field}`, rules[field], fieldsOf(week))),
    // Left out, it is false: as it was before the setting came.
    ...problemIf(dueWithinHours !== undefined && typeof dueWithinHours !== 'boolean', 'businessDays.dueWithinHours: must be true or false'),
  ];
}

/** One time for every day, or a time for each weekday that has one. */
function dayTimesProblems(field: string, value: unknown, week: Readonly<Record<string, unknown>> | null): readonly string[] {
  const byWeekday = fieldsOf(value);
  if (byWeekday === null) return problemIf(value !== null && !isTime(value), `${field}: must be HH:MM, 00:00 to 23:59, or null`);
  return Object.entries(byWeekday).flatMap(([weekday, time]) => {
    const name = `${field}.${weekday.slice(0, 100)}`;
    if (!/^[1-7]$/.test(weekday)) return [`${name}: a weekday is 1 (Monday) to 7 (Sunday)`];
    const hours = week?.[weekday];
    if (!Array.isArray(hours) || hours.length === 0) return [`${name}: the day has no opening hours, and so no such time`];
    return problemIf(!isTime(time), `${name}: must be HH:MM, 00:00 to 23:59`);
  });
}

const isTime = (value: unknown): boolean => typeof value === 'string' && value !== '24:00' && timeOfDayMsOf(value) !== null;
