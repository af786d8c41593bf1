import { fieldsOf } from '@onedoor/kernel';
import type { Schema } from '../openapi/schema.js';
import { unknownField } from './unknown-field.js';

/** What of a body its schema does not describe. */
export interface Beyond {
  /** A line for each field that its object does not have. */
  readonly unknown: readonly string[];
  /** How many values stand where none is described: within unknown fields, within scalars, and behind the end of a list. */
  readonly values: number;
  /** Where the first of them stands: the field, or the list that is too long. */
  readonly first: string;
}

/** Goes over a body once, beside its schema, so that a reader that is dear by the value need not see what could not pass in any case. */
export function beyondSchema(body: unknown, schema: Schema): Beyond {
  const unknown: string[] = [];
  let values = 0;
  let first = '';
  const count = (path: string): void => {
    if (++values === 1) first = path;
  };
  const visit = (value: unknown, { properties, items, maxItems = Infinity }: Schema, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) {
        if (items === undefined || index >= maxItems) count(path);
        visit(each, items ?? {}, `${path}[${index}]`);
      }
      return;
    }
    const within = path === '' ? '' : `${path}.`;
    for (const [name, field] of Object.entries(fieldsOf(value) ?? {})) {
      const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known === undefined) count(`${within}${name}`);
      if (known === undefined && properties !== undefined) unknown.push(unknownField(name, within));
      visit(field, known ?? {}, `${within}${name}`);
    }
  };
  visit(body, schema, '');
  return { unknown, values, first };
}
