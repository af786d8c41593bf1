import { placeIn, Unavailable } from '@onedoor/engine';
import type { Calls } from './calls.js';
import type { DocumentModel, KeptDocument } from './documents.js';
import { isDuplicate } from './failures.js';

/** Each round with a duplicate key leaves one more document in place; other writers are few. */
const ROUNDS_MAX = 20;

/**
 * Writes each document unless a newer or equal one is there. One that is there is updated under the guard of its position; one that
 * is not is inserted. A duplicate key says that another writer was first, not which document is newer, so the batch is written
 * again: documents are never deleted, so by then their positions alone decide.
 */
export async function writeGuarded(calls: Calls, documents: DocumentModel, writes: readonly KeptDocument[]): Promise<void> {
  const ids = writes.map(({ _id }) => _id);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const standing = await calls.read(() =>
      documents
        .find({ _id: { $in: ids } }, { _id: 1 })
        .batchSize(ids.length)
        .lean()
        .exec(),
    );
    if (await hasWritten(calls, documents, writes, new Set(standing.map(({ _id }) => _id)))) return;
  }
  throw new Unavailable('Too many write the same documents at once');
}

/** False on a duplicate key: some servers then leave out the rest of a batch, even of an unordered one. */
async function hasWritten(
  calls: Calls,
  documents: DocumentModel,
  writes: readonly KeptDocument[],
  standing: ReadonlySet<string>,
): Promise<boolean> {
  const operations = writes.map((write) => (standing.has(write._id) ? guardedUpdate(write) : { insertOne: { document: write } }));
  try {
    await calls.write(() => documents.bulkWrite(operations, { ordered: false, throwOnValidationError: true }));
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

const guardedUpdate = ({ _id, position, body, fields }: KeptDocument) => ({
  updateOne: { filter: { _id, position: { $lt: placeIn(position) } }, update: { $set: { position, body, fields } } },
});
