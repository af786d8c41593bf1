/** How much time a milestone has: a positive whole number of units. */
export interface Target {
  readonly amount: number;
  readonly unit: TargetUnit;
}

/**
 * How a target counts. `elapsed` units run day and night; `business` minutes and hours run only while the calendar is open;
 * `business_days` and `calendar_days` move from date to date and keep the time of day.
 */
export type TargetUnit = 'elapsed_minutes' | 'elapsed_hours' | 'business_minutes' | 'business_hours' | 'business_days' | 'calendar_days';

/**
 * When to warn before a milestone is due: after a fraction of the target (more than 0, less than 1), or a number of
 * elapsed minutes before the due instant.
 */
export type Warning = { readonly fraction: number } | { readonly leadMinutes: number };
