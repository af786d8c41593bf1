import { placeIn, Unavailable } from '@onedoor/engine';
import type { Calls } from './calls.js';
import type { DocumentModel, KeptDocument } from './documents.js';
import { isDuplicate } from './failures.js';

/** Each round that meets a key has one document more that stands; other writers are few. */
const ROUNDS_MAX = 20;

/**
 * Writes each document unless a newer or equal one stands. What stands is updated under the guard of its position; what does
 * not is inserted. A key that is met on the way says that somebody else was first, not who is newer, so the batch is written
 * again: documents never vanish, and then their positions alone decide.
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

/** False when a key was met: some servers then leave out the rest of a batch, even one without order. */
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
