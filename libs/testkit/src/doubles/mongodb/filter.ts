import { badValue } from './command-failure.js';
import { type Document, valueAt } from './document.js';
import { compareValues, isOfOneType } from './order.js';

/** One condition of a filter; all of them must hold. */
export type Condition = FieldCondition | AnyOf;

export interface FieldCondition {
  readonly path: string;
  readonly operator: Operator;
  readonly value: unknown;
}

/** At least one of these filters must hold. */
interface AnyOf {
  readonly anyOf: readonly (readonly Condition[])[];
}

const OPERATORS = {
  $eq: (value, wanted) => compareValues(value, wanted) === 0,
  $ne: (value, wanted) => compareValues(value, wanted) !== 0,
  $gt: (value, bound) => isOfOneType(value, bound) && compareValues(value, bound) > 0,
  $gte: (value, bound) => isOfOneType(value, bound) && compareValues(value, bound) >= 0,
  $lt: (value, bound) => isOfOneType(value, bound) && compareValues(value, bound) < 0,
  $lte: (value, bound) => isOfOneType(value, bound) && compareValues(value, bound) <= 0,
  $in: (value, wanted) => listOf(wanted).some((one) => compareValues(value, one) === 0),
  $nin: (value, wanted) => listOf(wanted).every((one) => compareValues(value, one) !== 0),
  $exists: (value, wanted) => (value !== undefined) === Boolean(wanted),
} satisfies Record<string, (value: unknown, wanted: unknown) => boolean>;

type Operator = keyof typeof OPERATORS;

/** Parses a filter; unknown operators are refused, never ignored. */
export function conditionsOf(filter: Document): readonly Condition[] {
  return Object.entries(filter).flatMap(([name, wanted]): readonly Condition[] => {
    if (name === '$and') return listOf(wanted).flatMap((part) => conditionsOf(part as Document));
    if (name === '$or') return [{ anyOf: listOf(wanted).map((part) => conditionsOf(part as Document)) }];
    if (name.startsWith('$')) throw badValue(`unknown top level operator: ${name}`);
    return fieldConditionsOf(name, wanted);
  });
}

export function matches(document: Document, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) =>
    'anyOf' in condition
      ? condition.anyOf.some((part) => matches(document, part))
      : OPERATORS[condition.operator](valueAt(document, condition.path), condition.value),
  );
}

function fieldConditionsOf(path: string, wanted: unknown): readonly FieldCondition[] {
  const isByOperator = wanted !== null && typeof wanted === 'object' && Object.keys(wanted).some((name) => name.startsWith('$'));
  if (!isByOperator) return [{ path, operator: '$eq', value: wanted }];
  return Object.entries(wanted).map(([operator, value]) => {
    if (!isOperator(operator)) throw badValue(`unknown operator: ${operator}`);
    return { path, operator, value };
  });
}

const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name);

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw badValue('an array is needed here');
  return value;
}
