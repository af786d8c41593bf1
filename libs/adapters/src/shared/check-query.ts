import type { Collection, Query } from '@onedoor/engine';
import { assert, LIMITS } from '@onedoor/kernel';

/** What every caller of `find` guarantees: a bounded page, by fields that the collection indexes. */
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
}
