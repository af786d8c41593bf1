import { assertNever, HOUR_MS, MINUTE_MS } from '@onedoor/kernel';
import { businessDays, calculateDueByDays, calendarDays } from './calculate-due-by-days.js';
import { calculateDueByTime } from './calculate-due-by-time.js';
import type { Clock } from './clock.js';
import type { DueCalculation } from './steps.js';

/** Computes the steps from the start of a clock to its due instant, by the unit of its target. */
export function calculateDue(clock: Clock): DueCalculation {
  const { unit } = clock.target;
  switch (unit) {
    case 'elapsed_minutes':
    case 'elapsed_hours':
    case 'business_minutes':
    case 'business_hours':
      return calculateDueByTime(clock, targetMs(clock, unit), isBusinessTime(unit));
    case 'business_days':
      return calculateDueByDays(clock, businessDays(clock));
    case 'calendar_days':
      return calculateDueByDays(clock, calendarDays(clock));
    default:
      return assertNever(unit);
  }
}

type TimeUnit = 'elapsed_minutes' | 'elapsed_hours' | 'business_minutes' | 'business_hours';

export const isTimeUnit = (unit: Clock['target']['unit']): unit is TimeUnit => unit !== 'business_days' && unit !== 'calendar_days';

export const isBusinessTime = (unit: TimeUnit): boolean => unit === 'business_minutes' || unit === 'business_hours';

export const targetMs = (clock: Clock, unit: TimeUnit): number =>
  clock.target.amount * (unit === 'elapsed_hours' || unit === 'business_hours' ? HOUR_MS : MINUTE_MS);
