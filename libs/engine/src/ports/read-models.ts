import type { Position } from './event-store.js';

/** Documents derived from the log, in named collections. All of them may be deleted: projections build them again. */
export interface ReadModels {
  /** The documents of these ids, in no order; those that are absent or deleted are left out. */
  get(collection: Collection, ids: readonly string[]): Promise<readonly StoredDocument[]>;
  /**
   * What stands under these ids, in no order, tombstones included: for what folds on. A fold that took a deleted document for one that
   * never was would begin it anew in the middle of its events.
   */
  standing(collection: Collection, ids: readonly string[]): Promise<readonly Put[]>;
  /** One page by an index. Filters and sort name top-level fields that the collection indexes. */
  find(collection: Collection, query: Query): Promise<readonly StoredDocument[]>;
  /**
   * Writes a page of documents. A put is ignored where the stored position is the same or newer, so that a page handled
   * twice changes nothing. `body: null` leaves a tombstone, which guards its position too.
   */
  apply(collection: Collection, puts: readonly Put[]): Promise<void>;
  /** All documents in the order of their ids, in pages: for hashes and exports. */
  scan(collection: Collection): AsyncIterable<readonly StoredDocument[]>;
  /** The version of the collection that is being served; null when there is none yet. */
  servedVersion(name: string): Promise<number | null>;
  /** Makes the documents of `staged` the live ones of `live`, all at once, and removes what was there. */
  promote(staged: Collection, live: Collection): Promise<void>;
}

export interface Collection {
  readonly name: string;
  /** Raised whenever the documents' shape or meaning changes: they are then rebuilt beside the old ones. */
  readonly version: number;
  /** Each index lists the top-level fields it orders by. */
  readonly indexes: readonly (readonly string[])[];
}

export type DocumentBody = Readonly<Record<string, unknown>>;

export interface StoredDocument {
  readonly id: string;
  /** The event it reflects. */
  readonly position: Position;
  readonly body: DocumentBody;
}

export interface Put {
  readonly id: string;
  readonly position: Position;
  readonly body: DocumentBody | null;
}

export type FieldValue = string | number | boolean | null;

export interface Query {
  readonly where?: Readonly<
    Record<string, FieldValue | { readonly in: readonly FieldValue[] } | { readonly from?: FieldValue; readonly to?: FieldValue }>
  >;
  /** By one field, ties by id; `descending` reverses both. Documents without the field are left out. */
  readonly sort?: { readonly field: string; readonly descending?: boolean };
  /** Where the last page ended: the sort field's value and the id. */
  readonly after?: { readonly value: FieldValue; readonly id: string };
  /** Rows to pass over, for interfaces that count pages; bounded by the caller. */
  readonly skip?: number;
  /** At most `LIMITS.pageRows`. */
  readonly limit: number;
}
