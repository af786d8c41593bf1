import { createHash } from 'node:crypto';
import { canonicalJson } from '@onedoor/kernel';
import type { Collection, ReadModels } from './ports/read-models.js';

export interface CollectionHash {
  readonly hash: string;
  readonly documents: number;
}

/** SHA-256 over a collection's documents in the order of their ids, each as canonical JSON: equal hashes, equal views. */
export async function hashCollection(readModels: ReadModels, collection: Collection): Promise<CollectionHash> {
  const sum = createHash('sha256');
  let documents = 0;
  for await (const page of readModels.scan(collection)) {
    for (const { id, position, body } of page) sum.update(`${canonicalJson({ id, position, body })}\n`);
    documents += page.length;
  }
  return { hash: sum.digest('hex'), documents };
}
