import { ObjectId } from 'bson';
import { isDeepStrictEqual } from 'node:util';
import { CommandFailure } from './command-failure.js';
import { type Databases } from './databases.js';
import type { Document } from './document.js';
import { conditionsOf } from './filter.js';
import type { Sort } from './plan.js';
import type { StoredCollection } from './stored-collection.js';
import { updated, upserted } from './update.js';

// The commands that change documents. Each function executes one and returns its answer.

interface Update {
  readonly q: Document;
  readonly u: unknown;
  readonly upsert?: boolean;
  readonly multi?: boolean;
}

interface Delete {
  readonly q: Document;
  /** 0 means all. */
  readonly limit: number;
}

interface FindAndModify {
  readonly findAndModify: string;
  readonly query?: Document;
  readonly sort?: Sort;
  readonly update?: unknown;
  readonly remove?: boolean;
  readonly new?: boolean;
  readonly upsert?: boolean;
}

export function insert(databases: Databases, database: string, command: Document): Document {
  const { documents, ordered } = command as { readonly documents: readonly Document[]; readonly ordered?: boolean };
  const collection = databases.collection(database, String(command['insert']));
  return each(documents, ordered, (document) => {
    collection.insert('_id' in document ? document : { _id: new ObjectId(), ...document });
    return { n: 1 };
  });
}

export function update(databases: Databases, database: string, command: Document): Document {
  const { updates, ordered } = command as unknown as { readonly updates: readonly Update[]; readonly ordered?: boolean };
  const collection = databases.collection(database, String(command['update']));
  const answer = each(updates, ordered, (one) => updateIn(collection, one));
  return { nModified: 0, ...answer };
}

export function remove(databases: Databases, database: string, command: Document): Document {
  const { deletes, ordered } = command as unknown as { readonly deletes: readonly Delete[]; readonly ordered?: boolean };
  const collection = databases.collection(database, String(command['delete']));
  return each(deletes, ordered, ({ q, limit }) => {
    const found = collection.find(conditionsOf(q), { limit });
    for (const document of found) collection.remove(document);
    return { n: found.length };
  });
}

export function findAndModify(databases: Databases, database: string, command: Document): Document {
  const {
    findAndModify: name,
    query = {},
    sort = {},
    remove: isRemoval,
    new: isNew,
    update: change,
    upsert,
  } = command as unknown as FindAndModify;
  const collection = databases.collection(database, name);
  const conditions = conditionsOf(query);
  const [found] = collection.find(conditions, { sort, limit: 1 });
  if (!found && !upsert) return { value: null, lastErrorObject: { n: 0, updatedExisting: false } };
  if (found && isRemoval) {
    collection.remove(found);
    return { value: found, lastErrorObject: { n: 1 } };
  }
  const next = found ? updated(found, change) : upserted(conditions, change);
  if (found) collection.replace(next);
  else collection.insert(next);
  const value = isNew ? next : (found ?? null);
  return { value, lastErrorObject: { n: 1, updatedExisting: found !== undefined, ...(!found && { upserted: next['_id'] }) } };
}

interface Changed {
  readonly n: number;
  readonly nModified?: number;
  readonly upserted?: unknown;
}

function updateIn(collection: StoredCollection, { q, u, upsert, multi }: Update): Changed {
  const conditions = conditionsOf(q);
  const found = collection.find(conditions, { limit: multi ? 0 : 1 });
  if (found.length === 0 && upsert) {
    const document = upserted(conditions, u);
    collection.insert(document);
    return { n: 1, upserted: document['_id'] };
  }
  let nModified = 0;
  for (const document of found) {
    const next = updated(document, u);
    if (isDeepStrictEqual(next, document)) continue;
    collection.replace(next);
    nModified += 1;
  }
  return { n: found.length, nModified };
}

/** Executes the items one by one. A failure is reported with its index, and ends the command only where it is ordered. */
function each<Item>(items: readonly Item[], isOrdered = true, act: (item: Item) => Changed): Document {
  let n = 0;
  let nModified = 0;
  const upsertedOnes: Document[] = [];
  const writeErrors: Document[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const changed = act(item);
      n += changed.n;
      nModified += changed.nModified ?? 0;
      if (changed.upserted !== undefined) upsertedOnes.push({ index, _id: changed.upserted });
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (isOrdered) break;
    }
  }
  return { n, nModified, ...(upsertedOnes.length > 0 && { upserted: upsertedOnes }), ...(writeErrors.length > 0 && { writeErrors }) };
}
