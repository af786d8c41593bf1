import type { FieldValue } from '@onedoor/engine';

/** A value that can be ordered: no null, and a boolean is 1 or 0, as in sqlite. */
export type Ordered = string | number;

/** A document's field as an index sees it; null where there is nothing to order by. */
export function orderedOf(value: unknown): Ordered | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** The order of sqlite: numbers before texts, texts by their characters' numbers (which UTF-16 units get wrong above U+FFFF). */
export function compare(one: Ordered, other: Ordered): number {
  if (typeof one === 'number' || typeof other === 'number') {
    if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
    return Number(one) - Number(other);
  }
  if (one === other) return 0;
  if (SURROGATE.test(one) || SURROGATE.test(other)) return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

export const isSame = (one: Ordered | null, wanted: FieldValue): boolean => one === orderedOf(wanted);
