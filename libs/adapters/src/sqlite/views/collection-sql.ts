import type { Collection, FieldValue, Query } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { SQLInputValue } from 'node:sqlite';
import { checkCollectionName, type FieldCondition, isFieldName } from '../../shared/preconditions.js';
import type { CollectionShape } from './views-jobs.js';

/**
 * The SQL of a field. Index and query must have the same text, or the index is not used. It reads the body itself, so that a document
 * that was edited by hand never disagrees with its index.
 */
export function fieldSql(field: string): string {
  assert(isFieldName(field), `a field is a plain name, not ${field}`);
  return `json_extract(body, '$.${field}')`;
}

export const tableSql = (name: string): string => `"docs_${name}"`;

const shapes = new WeakMap<Collection, CollectionShape>();

/** What the writer needs to know of a collection. */
export function shapeOf(collection: Collection): CollectionShape {
  const known = shapes.get(collection);
  if (known) return known;
  checkCollectionName(collection.name);
  const indexes = collection.indexes.map((fields) => fields.map(fieldSql).join(', '));
  const shape = { name: collection.name, version: collection.version, indexes };
  shapes.set(collection, shape);
  return shape;
}

/** A part of a statement with the values of its parameters. */
interface SqlPart {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The conditions of a query without its keyset: no tombstones, its filters, and a value for the sort field. */
export function conditionsOf(query: Query): SqlPart {
  const parts: SqlPart[] = [{ sql: 'body IS NOT NULL', values: [] }];
  for (const [field, wanted] of Object.entries(query.where ?? {})) parts.push(conditionOf(fieldSql(field), wanted));
  if (query.sort) parts.push({ sql: `${fieldSql(query.sort.field)} IS NOT NULL`, values: [] });
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) };
}

/** As JSON functions see it: a boolean is 1 or 0. */
export const sqlValueOf = (value: FieldValue): SQLInputValue => (typeof value === 'boolean' ? Number(value) : value);

function conditionOf(field: string, wanted: FieldCondition): SqlPart {
  if (wanted === null) return { sql: `${field} IS NULL`, values: [] };
  if (typeof wanted !== 'object') return { sql: `${field} = ?`, values: [sqlValueOf(wanted)] };
  if ('in' in wanted) return oneOf(field, wanted.in);
  const bounds = [
    ['>=', wanted.from],
    ['<=', wanted.to],
  ] as const;
  const given = bounds.filter(([, value]) => value !== undefined);
  return {
    sql: given.length === 0 ? `${field} IS NOT NULL` : given.map(([operator]) => `${field} ${operator} ?`).join(' AND '),
    values: given.map(([, value]) => sqlValueOf(value as FieldValue)),
  };
}

/** One statement for any number of values: its text must not grow with them. */
function oneOf(field: string, values: readonly FieldValue[]): SqlPart {
  const given = values.filter((value) => value !== null);
  const [first, ...others] = given;
  const list: SqlPart =
    first !== undefined && others.length === 0
      ? { sql: `${field} = ?`, values: [sqlValueOf(first)] }
      : { sql: `${field} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(given)] };
  return given.length === values.length ? list : { sql: `(${list.sql} OR ${field} IS NULL)`, values: list.values };
}
