import { type Collection, type Put, type Query, type ReadModels, type StoredDocument, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { Connection, SortOrder } from 'mongoose';
import { orderedOf } from '../shared/ordering.js';
import { checkPromotion, checkQuery, checkVersion } from '../shared/preconditions.js';
import type { Calls } from './calls.js';
import type { Catalogue, CatalogueEntry } from './catalogue.js';
import { type DocumentModel, documentsIn, keeperOf, type KeptDocument, putOf, storedOf } from './documents.js';
import { conditionsOf, type DocumentFilter, pathOf } from './filter.js';
import { writeGuarded } from './write-guarded.js';

const SCAN_PAGE = 500;
const IDS_PER_QUERY = 1_000;

/** Read models in MongoDB. The catalogue says where the documents of each collection are; several processes may write and read. */
export class MongoReadModels implements ReadModels {
  /** Models whose indexes this process has made. */
  readonly #indexed = new WeakMap<DocumentModel, Promise<unknown>>();
  /** Pages are written one after another: FerretDB deadlocks when several are written at once, and one page is many writes anyway. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly connection: Connection,
    private readonly catalogue: Catalogue,
    private readonly calls: Calls,
    private readonly batchSize: number,
  ) {}

  async get(collection: Collection, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    if (ids.length === 0) return [];
    return this.#read(collection, async (documents) => {
      const found: StoredDocument[] = [];
      for (const some of chunks([...new Set(ids)], IDS_PER_QUERY))
        found.push(...(await this.#select(documents, [{ _id: { $in: some } }, LIVE], null, some.length)));
      return found;
    });
  }

  async standing(collection: Collection, ids: readonly string[]): Promise<readonly Put[]> {
    if (ids.length === 0) return [];
    return this.#read(collection, async (documents) => {
      const found: Put[] = [];
      for (const some of chunks([...new Set(ids)], IDS_PER_QUERY))
        found.push(...(await this.#kept(documents, [{ _id: { $in: some } }], null, some.length)).map(putOf));
      return found;
    });
  }

  async find(collection: Collection, query: Query): Promise<readonly StoredDocument[]> {
    checkQuery(collection, query);
    const { sort, after, limit, skip = 0 } = query;
    const conditions = conditionsOf(query);
    const direction = sort?.descending ? -1 : 1;
    const beyond = sort?.descending ? '$lt' : '$gt';
    const order: Order = { ...(sort && { [pathOf(sort.field)]: direction }), _id: direction };
    return this.#read(collection, async (documents) => {
      if (!after) return this.#select(documents, conditions, order, limit, skip);
      if (!sort) return this.#select(documents, [...conditions, { _id: { $gt: after.id } }], order, limit, skip);
      // Two queries, for the rest of the tie and for the values beyond it: each is one range of an index.
      const field = pathOf(sort.field);
      const value = orderedOf(after.value);
      const tie = await this.#select(documents, [...conditions, { [field]: value, _id: { [beyond]: after.id } }], order, limit + skip);
      const wanted = limit + skip - tie.length;
      const rest = wanted === 0 ? [] : await this.#select(documents, [...conditions, { [field]: { [beyond]: value } }], order, wanted);
      return [...tie, ...rest].slice(skip);
    });
  }

  apply(collection: Collection, puts: readonly Put[]): Promise<void> {
    const applied = this.#turn.then(() => this.#apply(collection, puts));
    this.#turn = applied.catch(() => undefined);
    return applied;
  }

  async *scan(collection: Collection): AsyncIterable<readonly StoredDocument[]> {
    let place: string | null | undefined;
    for (let last: string | undefined = ''; last !== undefined;) {
      const after: string = last;
      const { physical, page } = await this.catalogue.during(collection.name, async (entry) => ({
        physical: entry?.physical ?? null,
        page: entry ? await this.#select(this.#documents(entry, collection), [{ _id: { $gt: after } }, LIVE], { _id: 1 }, SCAN_PAGE) : [],
      }));
      // Half of one collection and half of another must never be taken for one state.
      if (place !== undefined && place !== physical) throw new Unavailable(`${collection.name} was replaced while it was being read`);
      place = physical;
      if (page.length > 0) yield page;
      last = page.at(-1)?.id;
    }
  }

  async servedVersion(name: string): Promise<number | null> {
    return (await this.catalogue.find(name))?.version ?? null;
  }

  async promote(staged: Collection, live: Collection): Promise<void> {
    checkPromotion(staged, live);
    const hasMoved = await this.catalogue.rename(staged.name, live.name, live.version);
    assert(hasMoved, `${staged.name} is promoted in the version that stands, which is not ${live.version}`);
    await this.catalogue.sweep();
  }

  async #apply(collection: Collection, puts: readonly Put[]): Promise<void> {
    const entry = await this.catalogue.during(collection.name, async (found) => {
      if (found === null) await this.catalogue.add(collection);
      else if (found.version === collection.version) await this.#write(found, collection, puts);
      return found;
    });
    checkVersion(collection.name, collection.version, entry?.version);
  }

  #documents(entry: CatalogueEntry, collection: Collection): DocumentModel {
    return documentsIn(this.connection, entry.physical, collection);
  }

  #read<Found>(collection: Collection, ask: (documents: DocumentModel) => Promise<readonly Found[]>): Promise<readonly Found[]> {
    return this.catalogue.during(collection.name, async (entry) => (entry ? ask(this.#documents(entry, collection)) : []));
  }

  async #select(
    documents: DocumentModel,
    conditions: readonly DocumentFilter[],
    order: Order | null,
    limit: number,
    skip = 0,
  ): Promise<readonly StoredDocument[]> {
    return (await this.#kept(documents, conditions, order, limit, skip)).map(storedOf);
  }

  #kept(
    documents: DocumentModel,
    conditions: readonly DocumentFilter[],
    order: Order | null,
    limit: number,
    skip = 0,
  ): Promise<readonly KeptDocument[]> {
    return this.calls.read(() => {
      const query = documents
        .find({ $and: [...conditions] })
        .skip(skip)
        .limit(limit)
        .batchSize(limit);
      return (order ? query.sort({ ...order }) : query).lean().exec();
    });
  }

  async #write(entry: CatalogueEntry, collection: Collection, puts: readonly Put[]): Promise<void> {
    const documents = this.#documents(entry, collection);
    await this.#ensureIndexes(documents);
    const kept = puts.map(keeperOf(collection));
    for (const batch of chunks(kept, this.batchSize)) await writeGuarded(this.calls, documents, batch);
  }

  /** Makes the indexes that are declared and removes all others, once in the life of this process. */
  async #ensureIndexes(documents: DocumentModel): Promise<void> {
    const known = this.#indexed.get(documents);
    if (known) return void (await known);
    const making = this.calls.write(() => documents.syncIndexes());
    this.#indexed.set(documents, making);
    await making.catch((error: unknown) => {
      this.#indexed.delete(documents);
      throw error;
    });
  }
}

const LIVE: DocumentFilter = { body: { $ne: null } };

type Order = Readonly<Record<string, SortOrder>>;

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
