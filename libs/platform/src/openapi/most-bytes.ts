import { assert } from '@onedoor/kernel';
import type { Schema } from './schema.js';

/** Bytes of a character in JSON: a control character is escaped in six; where a pattern leaves those out, UTF-8 has four at most. */
const ESCAPED = 6;
const UTF_8 = 4;
/** Bytes of what a pattern or a format alone bounds: ids, dates and instants. */
const SHORT_TEXT = 102;
const NUMBER = 24;

/**
 * The bytes of the largest JSON that a schema describes, written without blanks and needless escapes. Every list and text of it is bounded.
 */
export function mostBytesOf(schema: Schema): number {
  const { type, enum: values, oneOf = [], allOf = [] } = schema;
  if (values !== undefined) return Math.max(...values.map((value) => bytesOf(JSON.stringify(value))));
  if (oneOf.length > 0) return Math.max(...oneOf.map(mostBytesOf));
  if (allOf.length > 0) return allOf.reduce((sum, each) => sum + mostBytesOf(each), 0);
  return Math.max(...[type ?? 'object'].flat().map((each) => BYTES[each](schema)));
}

const BYTES: Readonly<Record<Extract<Schema['type'], string>, (schema: Schema) => number>> = {
  null: () => 4,
  boolean: () => 5,
  integer: () => NUMBER,
  number: () => NUMBER,
  string: ({ maxLength, pattern }) => (maxLength === undefined ? SHORT_TEXT : maxLength * (pattern === undefined ? ESCAPED : UTF_8) + 2),
  array({ items, maxItems }) {
    assert(items !== undefined && maxItems !== undefined, 'a list in a body is bounded');
    return maxItems * (mostBytesOf(items) + 1) + 2;
  },
  object: ({ properties = {} }) =>
    Object.entries(properties).reduce((sum, [name, inner]) => sum + bytesOf(JSON.stringify(name)) + mostBytesOf(inner) + 2, 2),
};

const bytesOf = (text: string): number => Buffer.byteLength(text);
