import type { Collection, Position, Put, StoredDocument } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { type Connection, type Model, Schema } from 'mongoose';
import { type Ordered, orderedOf } from '../shared/ordering.js';
import { isFieldName } from '../shared/preconditions.js';

/** A document of a read model as MongoDB keeps it. */
export interface KeptDocument {
  readonly _id: string;
  readonly position: Position;
  /**
   * The body as JSON text, null for a tombstone. As text it comes back exactly as it was written, with any field names and any size
   * of numbers, which hashes over whole collections depend on.
   */
  readonly body: string | null;
  /** The fields that the collection indexes, as far as there is something to order by. A boolean is 1 or 0, as everywhere. */
  readonly fields: Readonly<Record<string, Ordered>>;
}

export type DocumentModel = Model<KeptDocument>;

/**
 * The documents of one collection of MongoDB, with the indexes that are declared for it. There is one model for a name,
 * made again when the collection was replaced, so that models do not pile up over many rebuilds.
 */
export function documentsIn(connection: Connection, physical: string, collection: Collection): DocumentModel {
  const name = `${collection.name} ${JSON.stringify(collection.indexes)}`;
  const known = connection.models[name] as DocumentModel | undefined;
  if (known?.collection.collectionName === physical) return known;
  if (known) connection.deleteModel(name);
  return connection.model<KeptDocument>(name, schemaOf(collection.indexes), physical);
}

/** Turns puts of this collection into the documents that are kept. */
export function keeperOf({ indexes }: Collection): (put: Put) => KeptDocument {
  const indexed = [...new Set(indexes.flat())];
  return ({ id, position, body }) => {
    const fields: Record<string, Ordered> = {};
    for (const field of indexed) {
      const value = orderedOf(body?.[field]);
      if (value !== null) fields[field] = value;
    }
    return { _id: id, position, body: body === null ? null : JSON.stringify(body), fields };
  };
}

export function storedOf({ _id, position, body }: KeptDocument): StoredDocument {
  return { id: _id, position, body: JSON.parse(String(body)) as StoredDocument['body'] };
}

/** The same for one that may be a tombstone. */
export function putOf(kept: KeptDocument): Put {
  return kept.body === null ? { id: kept._id, position: kept.position, body: null } : storedOf(kept);
}

/** Each index ends with the id, because ties are ordered by it. */
function schemaOf(indexes: Collection['indexes']): Schema<KeptDocument> {
  const schema = new Schema<KeptDocument>(
    { _id: String, position: { type: String, required: true }, body: String, fields: Schema.Types.Mixed },
    { strict: 'throw', versionKey: false, minimize: false },
  );
  for (const index of indexes) {
    assert(index.every(isFieldName), `an index lists plain names, not ${index.join()}`);
    schema.index({ ...Object.fromEntries(index.map((field) => [`fields.${field}`, 1 as const])), _id: 1 });
  }
  return schema;
}
