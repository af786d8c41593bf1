import { ObjectId } from 'bson';

/**
 * MongoDB's order of values of any type, without arrays and embedded documents, which compare as equal only to themselves
 * here. An absent value is null. Source: "Comparison/Sort Order" in MongoDB's manual.
 */
export function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'string' && typeof other === 'string') return compareTexts(one, other);
  const byType = rankOf(one) - rankOf(other);
  if (byType !== 0 || rankOf(one) === RANK_OF_NULL) return byType;
  if (one instanceof Uint8Array && other instanceof Uint8Array) return one.length - other.length || Buffer.compare(one, other);
  if (one instanceof ObjectId && other instanceof ObjectId) return compareTexts(one.toHexString(), other.toHexString());
  if (typeof one === 'object' && !(one instanceof Date)) return compareTexts(JSON.stringify(one), JSON.stringify(other));
  return Number(one) - Number(other);
}

/** Whether both values may lie in one range: a range never spans types. */
export const isOfOneType = (one: unknown, other: unknown): boolean => rankOf(one) === rankOf(other);

const RANK_OF_NULL = 1;

/** The rank of a value's type in MongoDB's order of types. */
function rankOf(value: unknown): number {
  if (value === null || value === undefined) return RANK_OF_NULL;
  if (typeof value === 'number' || typeof value === 'bigint') return 2;
  if (typeof value === 'string') return 3;
  if (value instanceof Uint8Array) return 6;
  if (value instanceof ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  return Array.isArray(value) ? 5 : 4;
}

/** Compares by UTF-8 bytes, which differs from JavaScript's order beyond U+FFFF only. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  if (SURROGATE.test(one) || SURROGATE.test(other)) return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;
