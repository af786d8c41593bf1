import fc, { type Arbitrary } from 'fast-check';
import { resolved, type Schema } from './document.js';

/** The ends of what a date or an instant can be, offsets that lead beyond them among it, and some in between. */
export const INSTANTS = [
  '0000-01-01T00:00:00Z',
  '0000-01-01T00:00:00.000Z',
  '0000-01-01T00:00:00+14:00',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-14:00',
  '2026-02-28T23:59:60Z',
  '2026-11-01T05:30:00Z',
  '2026-03-08T02:30:00-05:00',
  '2026-11-23T15:00:00.000Z',
  '1970-01-01T00:00:00Z',
];
export const DAYS = ['0000-01-01', '0001-01-01', '9999-12-31', '1969-12-31', '2026-02-28', '2026-11-01', '2026-11-23'];

/** Values that a schema accepts. Small ones: what is large is for mutations. */
export function valuesOf(given: Schema): Arbitrary<unknown> {
  const schema = resolved(given);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map(valuesOf));
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => valuesOfType(type, schema)));
}

function valuesOfType(type: string, schema: Schema): Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer': {
      const least = leastOf(schema) ?? Math.min(-5, mostOf(schema) ?? -5);
      return fc.integer({ min: least, max: mostOf(schema) ?? least + 1_000 });
    }
    case 'number': {
      const { exclusiveMinimum, exclusiveMaximum } = schema;
      const least = schema.minimum ?? exclusiveMinimum ?? -200;
      const most = schema.maximum ?? exclusiveMaximum ?? Math.max(200, least + 200);
      const open = { minExcluded: exclusiveMinimum !== undefined, maxExcluded: exclusiveMaximum !== undefined };
      return fc.double({ min: least, max: most, ...open, noNaN: true });
    }
    case 'array':
      return listOf(schema);
    case 'object':
      return objectOf(schema);
    default:
      return textOf(schema);
  }
}

const leastOf = ({ minimum, exclusiveMinimum }: Schema): number | undefined =>
  minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
const mostOf = ({ maximum, exclusiveMaximum }: Schema): number | undefined =>
  maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 1);

function listOf({ items = {}, minItems = 0, maxItems = 4, uniqueItems = false }: Schema): Arbitrary<unknown> {
  const lengths = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) };
  const each = valuesOf(items);
  return uniqueItems ? fc.uniqueArray(each, { ...lengths, selector: (value) => JSON.stringify(value) }) : fc.array(each, lengths);
}

function objectOf({ properties = {}, required = [] }: Schema): Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)]));
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) });
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
  const expression = pattern === undefined ? null : new RegExp(pattern, 'u');
  const fitting = (texts: readonly string[]): readonly string[] => texts.filter((text) => expression?.test(text) !== false);
  if (format === 'date-time') return fc.constantFrom(...fitting(INSTANTS));
  if (format === 'date') return fc.constantFrom(...fitting(DAYS));
  if (format === 'email') return fc.constantFrom('resident@example.org', 'a.b+c@sub.example.org');
  if (format === 'uri') return fc.constantFrom('https://example.org/photo.jpg', 'http://example.org/?a=b%20c#d');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  const length = { minLength, maxLength: Math.min(Math.max(minLength, 40), maxLength) };
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: 'grapheme' }));
}
