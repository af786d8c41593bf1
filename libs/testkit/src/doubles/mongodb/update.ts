import { ObjectId } from 'bson';
import { badValue } from './command-failure.js';
import { type Document, valueAt, withValueAt } from './document.js';
import { type Condition } from './filter.js';

/** The document after an update by operators or by a replacement. */
export function updated(document: Document, update: unknown, isInserted = false): Document {
  if (update === null || typeof update !== 'object' || Array.isArray(update))
    throw badValue('this double updates by operators and replacements only');
  const entries = Object.entries(update);
  if (!entries.some(([name]) => name.startsWith('$'))) return { _id: document['_id'], ...update };
  return entries.reduce((next, [operator, fields]) => applied(next, operator, fields as Document, isInserted), document);
}

/** The document that an upsert inserts: the values that its filter fixes, then the update. */
export function upserted(conditions: readonly Condition[], update: unknown): Document {
  let base: Document = {};
  for (const condition of conditions) {
    if ('path' in condition && condition.operator === '$eq') base = withValueAt(base, condition.path, condition.value);
  }
  const { _id, ...fields } = updated(base, update, true);
  return { _id: _id ?? new ObjectId(), ...fields };
}

function applied(document: Document, operator: string, fields: Document, isInserted: boolean): Document {
  if (operator === '$setOnInsert' && !isInserted) return document;
  return Object.entries(fields).reduce((next, [path, value]) => {
    switch (operator) {
      case '$set':
      case '$setOnInsert':
        return withValueAt(next, path, value);
      case '$unset':
        return withValueAt(next, path, undefined);
      case '$inc':
        return withValueAt(next, path, Number(valueAt(next, path) ?? 0) + Number(value));
      default:
        throw badValue(`unknown modifier: ${operator}`);
    }
  }, document);
}
