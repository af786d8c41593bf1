import { keyOf } from './document.js';
import type { Condition, FieldCondition } from './filter.js';
import type { Bound, IndexRange, OrderedIndex } from './ordered-index.js';

export type Sort = Readonly<Record<string, 1 | -1>>;

/** How to scan an index so that every document that matches a filter is found. */
export interface Plan {
  readonly index: OrderedIndex;
  readonly ranges: readonly IndexRange[];
  /** The scan yields documents in the requested order. */
  readonly isSorted: boolean;
  readonly isBackwards: boolean;
  readonly weight: number;
}

/** Fixed values count most, then bounds, then an order that saves sorting. */
const WEIGHTS = { value: 4, bound: 2, order: 1 } as const;

/** The best index for a query; null where none helps. */
export function planOf(indexes: Iterable<OrderedIndex>, conditions: readonly Condition[], sort: Sort): Plan | null {
  const fields = conditions.filter((condition): condition is FieldCondition => 'path' in condition);
  let best: Plan | null = null;
  for (const index of indexes) {
    const plan = planWith(index, fields, sort);
    if (plan.weight > (best?.weight ?? 0)) best = plan;
  }
  return best;
}

function planWith(index: OrderedIndex, conditions: readonly FieldCondition[], sort: Sort): Plan {
  let values: readonly (readonly unknown[])[] = [[]];
  let fixed = 0;
  for (const path of index.paths) {
    const wanted = wantedValues(conditions, path);
    if (wanted === null) break;
    values = values.flatMap((prefix) => wanted.map((value) => [...prefix, value]));
    fixed += 1;
  }
  const bounds = boundsOf(conditions, index.paths[fixed]);
  const order = orderOf(index.paths, fixed, sort);
  const isSorted = order !== null && values.length === 1;
  const weight = fixed * WEIGHTS.value + (Object.keys(bounds).length > 0 ? WEIGHTS.bound : 0) + (isSorted ? WEIGHTS.order : 0);
  return {
    index,
    ranges: values.map((prefix) => ({ values: prefix, ...bounds })),
    isSorted,
    isBackwards: isSorted && order === -1,
    weight,
  };
}

/** The values that a filter allows for a field; null where it does not list them. */
function wantedValues(conditions: readonly FieldCondition[], path: string): readonly unknown[] | null {
  const byValue = conditions.find((condition) => condition.path === path && condition.operator === '$eq');
  if (byValue) return [byValue.value];
  const byList = conditions.find((condition) => condition.path === path && condition.operator === '$in');
  return byList && Array.isArray(byList.value) ? [...new Map(byList.value.map((value: unknown) => [keyOf(value), value])).values()] : null;
}

function boundsOf(conditions: readonly FieldCondition[], path: string | undefined): { readonly lower?: Bound; readonly upper?: Bound } {
  const of = conditions.filter((condition) => condition.path === path);
  const lower = of.find(({ operator, value }) => operator === '$gt' || operator === '$gte' || (operator === '$ne' && value === null));
  const upper = of.find(({ operator }) => operator === '$lt' || operator === '$lte');
  return {
    ...(lower && { lower: { value: lower.value, isIncluded: lower.operator === '$gte' } }),
    ...(upper && { upper: { value: upper.value, isIncluded: upper.operator === '$lte' } }),
  };
}

/** 1 where the index has the requested order, -1 where it has the reverse, null otherwise. Fields with a fixed value need no order. */
function orderOf(paths: readonly string[], fixed: number, sort: Sort): 1 | -1 | null {
  const open = paths.slice(fixed);
  const wanted = Object.entries(sort).filter(([path]) => !paths.slice(0, fixed).includes(path));
  const direction = wanted[0]?.[1] ?? 1;
  if (Object.keys(sort).length === 0 || !wanted.every(([path, one], place) => path === open[place] && one === direction)) return null;
  return direction;
}
