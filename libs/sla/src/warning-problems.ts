import { fieldsOf } from './json-fields.js';

/** Ten years of minutes, the longest elapsed target. */
const LEAD_MINUTES_MAX = 5_256_000;

/** Every reason why a value read from JSON is no `Warning` (one, not a list), each naming the field and the rule; none when it is one. */
export function warningProblems(value: unknown): readonly string[] {
  const warning = fieldsOf(value);
  if (warning === null) return ['warning: must be an object with fraction or leadMinutes'];
  const { fraction, leadMinutes } = warning;
  if ((fraction === undefined) === (leadMinutes === undefined)) return ['warning: must have either fraction or leadMinutes'];
  if (fraction !== undefined) {
    return typeof fraction === 'number' && fraction > 0 && fraction < 1
      ? []
      : ['fraction: must be a number between 0 and 1, both excluded'];
  }
  const isLead = Number.isSafeInteger(leadMinutes) && Number(leadMinutes) >= 1 && Number(leadMinutes) <= LEAD_MINUTES_MAX;
  return isLead ? [] : [`leadMinutes: must be a whole number from 1 to ${LEAD_MINUTES_MAX}`];
}
