import { EJSON, ObjectId } from 'bson';

/** A decoded document. Immutable: an update creates another one. */
export type Document = Readonly<Record<string, unknown>>;

/** The value at a dotted path; undefined where there is none. Does not descend into arrays. */
export function valueAt(document: Document, path: string): unknown {
  if (!path.includes('.')) return document[path];
  let value: unknown = document;
  for (const name of path.split('.')) value = isDocument(value) ? value[name] : undefined;
  return value;
}

/** A copy with another value at a dotted path; undefined removes the field. */
export function withValueAt(document: Document, path: string, value: unknown): Document {
  const [name = '', ...rest] = path.split('.');
  const below = document[name];
  const next = rest.length === 0 ? value : withValueAt(isDocument(below) ? below : {}, rest.join('.'), value);
  const { [name]: _former, ...others } = document;
  if (next === undefined) return others;
  return name in document ? { ...document, [name]: next } : { ...others, [name]: next };
}

/** A key that is equal for equal values only, of any type. */
export function keyOf(value: unknown): string {
  if (typeof value === 'string') return `"${value}`;
  return value instanceof ObjectId ? value.toHexString() : EJSON.stringify([value ?? null]);
}

const isDocument = (value: unknown): value is Document => value !== null && typeof value === 'object' && !Array.isArray(value);
