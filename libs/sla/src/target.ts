import { fieldsOf } from '@onedoor/kernel';
import { unknownFieldProblems } from './json-problems.js';

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

/**
 * The longest target of each unit. Ten years of days, or of a clock that never stops; for business time ten years of
 * forty-hour weeks, because a calendar may be open for few hours and a search for open time ends after 200 years.
 */
const AMOUNT_MAX: Readonly<Record<TargetUnit, number>> = {
  elapsed_minutes: 5_256_000,
  elapsed_hours: 87_600,
  business_minutes: 1_248_000,
  business_hours: 20_800,
  business_days: 3_650,
  calendar_days: 3_650,
};

/** Every reason why a value read from JSON is not a `Target`, each naming the field and the rule it breaks; empty for a valid one. */
export function targetProblems(value: unknown): readonly string[] {
  const target = fieldsOf(value);
  if (target === null) return ['target: must be an object with amount and unit'];
  const { amount, unit } = target;
  const isUnit = typeof unit === 'string' && Object.hasOwn(AMOUNT_MAX, unit);
  const problems = [...unknownFieldProblems('', target, ['amount', 'unit'])];
  if (!Number.isSafeInteger(amount) || Number(amount) < 1) problems.push('amount: must be a whole number from 1');
  else if (isUnit && Number(amount) > AMOUNT_MAX[unit as TargetUnit])
    problems.push(`amount: must not be more than ${AMOUNT_MAX[unit as TargetUnit]} ${unit}`);
  if (!isUnit) problems.push(`unit: must be one of ${Object.keys(AMOUNT_MAX).join(', ')}`);
  return problems;
}

/**
 * Every reason why a value read from JSON is not a `Warning`, each naming the field and the rule it breaks; empty for a valid one.
 * A lead may be as long as the longest elapsed target.
 */
export function warningProblems(value: unknown): readonly string[] {
  const warning = fieldsOf(value);
  if (warning === null) return ['warning: must be an object with fraction or leadMinutes'];
  const { fraction, leadMinutes, ...others } = warning;
  const unknown = unknownFieldProblems('', others, []);
  if (unknown.length > 0) return unknown;
  if ((fraction === undefined) === (leadMinutes === undefined)) return ['warning: must have either fraction or leadMinutes'];
  if (fraction !== undefined) {
    return typeof fraction === 'number' && fraction > 0 && fraction < 1
      ? []
      : ['fraction: must be a number between 0 and 1, both excluded'];
  }
  const isLead = Number.isSafeInteger(leadMinutes) && Number(leadMinutes) >= 1 && Number(leadMinutes) <= AMOUNT_MAX.elapsed_minutes;
  return isLead ? [] : [`leadMinutes: must be a whole number from 1 to ${AMOUNT_MAX.elapsed_minutes}`];
}
