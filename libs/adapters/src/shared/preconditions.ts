import { categoryOf, type Collection, type ExpectedRevision, type NewEvent, type Query, type StreamName } from '@onedoor/engine';
import { assert, LIMITS } from '@onedoor/kernel';

/** Asserts what every caller of `append` guarantees. Answers the revision that the stream must have, -1 for none. */
export function checkAppend(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): number {
  assert(stream.includes('-') && categoryOf(stream) !== '', 'a stream is named <category>-<id>');
  assert(events.length > 0 && events.length <= LIMITS.eventsPerAppend, `an append holds 1 to ${LIMITS.eventsPerAppend} events`);
  if (expected === 'no-stream') return -1;
  assert(Number.isInteger(expected) && expected >= 0, 'an expected revision counts from 0');
  return expected;
}

/** Asserts what every caller of `find` guarantees: a bounded page, by fields that the collection indexes, and ranges between values. */
export function checkQuery(collection: Collection, query: Query): void {
  assert(
    Number.isInteger(query.limit) && query.limit > 0 && query.limit <= LIMITS.pageRows,
    `a page has 1 to ${LIMITS.pageRows} documents`,
  );
  const fields = [...Object.keys(query.where ?? {}), ...(query.sort ? [query.sort.field] : [])];
  for (const field of fields) {
    assert(
      collection.indexes.some((index) => index.includes(field)),
      `${collection.name} indexes ${field}, by which it is asked`,
    );
  }
  for (const wanted of Object.values(query.where ?? {})) {
    if (wanted === null || typeof wanted !== 'object' || 'in' in wanted) continue;
    assert(wanted.from !== null && wanted.to !== null, 'a range ends at a value, or is left open');
  }
}

/** What a query wants of one field. */
export type FieldCondition = NonNullable<Query['where']>[string];

/** Asserts that a collection is written in its present version. */
export function checkVersion(name: string, wanted: number, present: number | undefined): void {
  assert(present === wanted, `${name} is in version ${present} and is not written in version ${wanted}, which is built beside it`);
}

/** Asserts that a staged collection has a name of its own. */
export function checkPromotion(staged: Collection, live: Collection): void {
  assert(staged.name !== live.name, 'a staged collection stands beside the live one');
}

/** A name that can be part of a table's or a collection's name in any store. */
export function checkCollectionName(name: string): void {
  assert(/^[\w.:@~+-]{1,100}$/.test(name), `a collection has a plain name, not ${name}`);
}

/** A name that neither SQL nor MongoDB reads as a path or an operator. */
export const isFieldName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);
