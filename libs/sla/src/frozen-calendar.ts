import { type Calendar, type DayTimes, type OpenHours, type Weekday, WEEKDAYS } from './calendar.js';

const copies = new WeakMap<Calendar, Calendar>();

/**
 * A deeply frozen copy of a calendar, so that a clock keeps the hours it was started under even if the object it was given is
 * changed later. All clocks of one calendar object share one copy, made anew when the object has another id or version.
 */
export function frozenCalendar(calendar: Calendar): Calendar {
  const kept = copies.get(calendar);
  if (kept !== undefined && kept.version === calendar.version && kept.id === calendar.id) return kept;
  const copy = copyOf(calendar);
  copies.set(calendar, copy);
  copies.set(copy, copy);
  return copy;
}

function copyOf(calendar: Calendar): Calendar {
  const weeklyHours: Partial<Record<Weekday, readonly OpenHours[]>> = {};
  for (const weekday of WEEKDAYS) {
    const hours = calendar.weeklyHours[weekday];
    if (hours !== undefined) weeklyHours[weekday] = Object.freeze(hours.map((span) => Object.freeze({ ...span })));
  }
  const { cutOff, nextStart, dueWithinHours } = calendar.businessDays;
  return Object.freeze({
    ...calendar,
    weeklyHours: Object.freeze(weeklyHours),
    holidays: Object.freeze(calendar.holidays.map((holiday) => Object.freeze({ ...holiday }))),
    businessDays: Object.freeze({ cutOff: frozenTimes(cutOff), nextStart: frozenTimes(nextStart), dueWithinHours }),
  });
}

const frozenTimes = (times: DayTimes): DayTimes => (times === null || typeof times === 'string' ? times : Object.freeze({ ...times }));
