import { fieldsOf } from './json-fields.js';
import type { TargetUnit } from './target.js';

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

/** Every reason why a value read from JSON is no `Target`, each naming the field and the rule it breaks; none when it is one. */
export function targetProblems(value: unknown): readonly string[] {
  const target = fieldsOf(value);
  if (target === null) return ['target: must be an object with amount and unit'];
  const { amount, unit } = target;
  const isUnit = typeof unit === 'string' && Object.hasOwn(AMOUNT_MAX, unit);
  const problems: string[] = [];
  if (!Number.isSafeInteger(amount) || Number(amount) < 1) problems.push('amount: must be a whole number from 1');
  else if (isUnit && Number(amount) > AMOUNT_MAX[unit as TargetUnit])
    problems.push(`amount: must not be more than ${AMOUNT_MAX[unit as TargetUnit]} ${unit}`);
  if (!isUnit) problems.push(`unit: must be one of ${Object.keys(AMOUNT_MAX).join(', ')}`);
  return problems;
}
