import type { Collection, Query, ReadModels, StoredDocument } from '@onedoor/engine';
import { LIMITS } from '@onedoor/kernel';

/** Every document that a question finds, page by page. The caller bounds the question; the field sorted by is indexed. */
export async function findAll(
  readModels: ReadModels,
  collection: Collection,
  where: NonNullable<Query['where']>,
  field: string,
): Promise<readonly StoredDocument[]> {
  const found: StoredDocument[] = [];
  for (;;) {
    const last = found.at(-1);
    const after = last && { after: { value: last.body[field] as string, id: last.id } };
    const page = await readModels.find(collection, { where, sort: { field }, ...after, limit: LIMITS.pageRows });
    found.push(...page);
    if (page.length < LIMITS.pageRows) return found;
  }
}
