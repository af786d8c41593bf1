import { EJSON, ObjectId } from 'bson';

/** A document as it came over the wire. Never changed in place: an update makes another one. */
export type Document = Readonly<Record<string, unknown>>;

/** What stands at a dotted path; undefined where nothing does. Arrays on the way are not looked into. */
export function valueAt(document: Document, path: string): unknown {
  if (!path.includes('.')) return document[path];
  let value: unknown = document;
  for (const name of path.split('.')) value = isDocument(value) ? value[name] : undefined;
  return value;
}

/** A copy with another value at a dotted path; undefined takes the field away. */
export function withValueAt(document: Document, path: string, value: unknown): Document {
  const [name = '', ...rest] = path.split('.');
  const below = document[name];
  const next = rest.length === 0 ? value : withValueAt(isDocument(below) ? below : {}, rest.join('.'), value);
  const { [name]: _former, ...others } = document;
  if (next === undefined) return others;
  return name in document ? { ...document, [name]: next } : { ...others, [name]: next };
}

/** Equal for equal values only, of whatever type. */
export function keyOf(value: unknown): string {
  if (typeof value === 'string') return `"${value}`;
  return value instanceof ObjectId ? value.toHexString() : EJSON.stringify([value ?? null]);
}

const isDocument = (value: unknown): value is Document => value !== null && typeof value === 'object' && !Array.isArray(value);
