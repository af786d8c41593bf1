import type { FieldValue, Query } from '@onedoor/engine';
import type { QueryFilter } from 'mongoose';
import { type Ordered, orderedOf } from '../shared/ordering.js';
import type { FieldCondition } from '../shared/preconditions.js';
import type { KeptDocument } from './documents.js';

export type DocumentFilter = QueryFilter<KeptDocument>;

/** The conditions of a query without its page: no tombstones, its filters, and a value for the sort field. */
export function conditionsOf(query: Query): readonly DocumentFilter[] {
  const sorted = query.sort ? [{ [pathOf(query.sort.field)]: { $ne: null } }] : [];
  return [
    ...Object.entries(query.where ?? {}).map(([field, wanted]) => ({ [pathOf(field)]: conditionOf(wanted) })),
    ...sorted,
    { body: { $ne: null } },
  ];
}

export const pathOf = (field: string): string => `fields.${field}`;

/** An absent field is null to MongoDB too. */
function conditionOf(wanted: FieldCondition): object | Ordered | null {
  if (wanted === null || typeof wanted !== 'object') return orderedOf(wanted);
  if ('in' in wanted) return { $in: wanted.in.map(orderedOf) };
  const bounds = { $gte: wanted.from, $lte: wanted.to };
  const given = Object.entries(bounds).filter((bound): bound is [string, FieldValue] => bound[1] !== undefined);
  return given.length === 0 ? { $ne: null } : Object.fromEntries(given.map(([operator, value]) => [operator, orderedOf(value)]));
}
