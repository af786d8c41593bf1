import { assertNever, HOUR_MS, MINUTE_MS } from '@onedoor/kernel';
import type { Clock } from './clock.js';
import { businessDays, calendarDays, reckonDays } from './reckon-days.js';
import { reckonTime } from './reckon-time.js';
import type { Reckoning } from './steps.js';

/** Computes the steps from the start of a clock to its due instant, by the unit of its target. */
export function reckon(clock: Clock): Reckoning {
  const { unit } = clock.target;
  switch (unit) {
    case 'elapsed_minutes':
    case 'elapsed_hours':
    case 'business_minutes':
    case 'business_hours':
      return reckonTime(clock, targetMs(clock, unit), isBusinessTime(unit));
    case 'business_days':
      return reckonDays(clock, businessDays(clock));
    case 'calendar_days':
      return reckonDays(clock, calendarDays(clock));
    default:
      return assertNever(unit);
  }
}

type TimeUnit = 'elapsed_minutes' | 'elapsed_hours' | 'business_minutes' | 'business_hours';

export const isTimeUnit = (unit: Clock['target']['unit']): unit is TimeUnit => unit !== 'business_days' && unit !== 'calendar_days';

export const isBusinessTime = (unit: TimeUnit): boolean => unit === 'business_minutes' || unit === 'business_hours';

export const targetMs = (clock: Clock, unit: TimeUnit): number =>
  clock.target.amount * (unit === 'elapsed_hours' || unit === 'business_hours' ? HOUR_MS : MINUTE_MS);
