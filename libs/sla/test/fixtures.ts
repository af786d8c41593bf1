import type { Calendar, Clock, OpenHours, Target } from '../src/index.js';
import { startClock } from '../src/index.js';

export const NEW_YORK = 'America/New_York';

/** An instant from a New York wall time, worked out by Temporal alone and not by the library under test. */
export const at = (local: string, zone = NEW_YORK): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 });

export const mondayToFriday = (from: string, to: string): Calendar['weeklyHours'] => {
  const hours: readonly OpenHours[] = [{ from, to }];
  return { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours };
};

/** Boston's clock of 2011, as recovered from the city's own target dates. */
export const boston: Calendar = {
  id: 'boston-2011',
  version: 1,
  zone: NEW_YORK,
  weeklyHours: mondayToFriday('08:30', '17:00'),
  holidays: [{ date: '2011-07-04', name: 'Independence Day' }],
  skipHolidays: false,
  businessDays: { cutOff: '17:00', nextStart: '08:30', dueWithinHours: false },
};

/** An office that does skip holidays; the festival falls on a Saturday and so skips nothing. */
export const office: Calendar = {
  id: 'office',
  version: 1,
  zone: NEW_YORK,
  weeklyHours: mondayToFriday('09:00', '17:00'),
  holidays: [
    { date: '2026-11-26', name: 'Thanksgiving' },
    { date: '2026-11-11', name: 'Veterans Day' },
    { date: '2026-11-14', name: 'Harvest festival' },
  ],
  skipHolidays: true,
  businessDays: { cutOff: '17:00', nextStart: '09:00', dueWithinHours: false },
};

/** A clock with named defaults: a test states only what matters to it. */
export const clockOf = (
  amount: number,
  unit: Target['unit'],
  startedAt: string,
  calendar = office,
  warnings: Clock['warnings'] = [],
): Clock => startClock({ milestone: 'resolve', startedAt, target: { amount, unit }, calendar, warnings });
