import { Long } from 'bson';
import { CommandFailure } from './command-failure.js';
import type { Document } from './document.js';

/** MongoDB's default size of a first batch, in documents. */
const FIRST_BATCH = 101;

export interface BatchLimits {
  /** The most documents of one answer, even where more are requested. */
  readonly batchSizeMax: number;
}

interface Cursor {
  readonly namespace: string;
  rest: readonly Document[];
}

/** Open cursors: the found documents that are not fetched yet. */
export class Cursors {
  readonly #open = new Map<number, Cursor>();
  #last = 0;

  constructor(private readonly limits: BatchLimits) {}

  first(namespace: string, documents: readonly Document[], wanted = FIRST_BATCH, isSingleBatch = false): Document {
    const batchSize = Math.min(wanted, this.limits.batchSizeMax);
    const rest = isSingleBatch ? [] : documents.slice(batchSize);
    const id = rest.length > 0 ? ++this.#last : 0;
    if (id > 0) this.#open.set(id, { namespace, rest });
    return { cursor: { firstBatch: documents.slice(0, batchSize), id: Long.fromNumber(id), ns: namespace } };
  }

  next(id: number, wanted: number): Document {
    const batchSize = Math.min(wanted, this.limits.batchSizeMax);
    const cursor = this.#open.get(id);
    if (!cursor) throw new CommandFailure(43, 'CursorNotFound', `cursor id ${id} not found`);
    const nextBatch = cursor.rest.slice(0, batchSize);
    cursor.rest = cursor.rest.slice(batchSize);
    if (cursor.rest.length === 0) this.#open.delete(id);
    return { cursor: { nextBatch, id: Long.fromNumber(cursor.rest.length > 0 ? id : 0), ns: cursor.namespace } };
  }

  kill(ids: readonly number[]): void {
    for (const id of ids) this.#open.delete(id);
  }
}
