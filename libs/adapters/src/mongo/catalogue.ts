import { type Collection, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { type Connection, type Model, Schema } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { checkCollectionName } from '../shared/preconditions.js';
import type { Calls } from './calls.js';
import { isDuplicate } from './failures.js';

/** Which collection of MongoDB holds a name's documents. */
export interface CatalogueEntry {
  readonly name: string;
  readonly version: number;
  /** The collection in MongoDB. Its name is never used again once the catalogue no longer lists it. */
  readonly physical: string;
}

interface CatalogueDocument {
  readonly _id: string;
  /** Another one after each change. */
  readonly revision: string;
  readonly collections: readonly CatalogueEntry[];
}

type State = Pick<CatalogueDocument, 'collections'> & { readonly revision: string | null };

const ID = 'collections';
const PREFIX = 'view_';
/** Each lost race is another process's success, so a few for each process that starts at the same time. */
const ATTEMPTS_MAX = 100;

const SCHEMA = new Schema(
  { _id: String, revision: String, collections: [{ _id: false, name: String, version: Number, physical: String }] },
  { strict: 'throw', versionKey: false },
);

/**
 * The collections of MongoDB by the names whose documents they hold: one document, so that a change takes effect for every
 * process at once. It is changed by compare-and-set on its revision.
 */
export class Catalogue {
  readonly #model: Model<CatalogueDocument>;
  #known: State = { revision: null, collections: [] };

  constructor(
    private readonly connection: Connection,
    private readonly calls: Calls,
  ) {
    this.#model = connection.model<CatalogueDocument>('catalogue', SCHEMA as unknown as Schema<CatalogueDocument>, 'catalogue');
  }

  /**
   * Runs `act` on a name's entry, and again when the entry has changed meanwhile. A collection is dropped only after its entry is
   * gone: where the entry is still the same afterwards, `act` has read the whole collection, or written to the one that is read.
   */
  async during<Result>(name: string, act: (entry: CatalogueEntry | null) => Promise<Result>): Promise<Result> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const entry = entryIn(this.#known, name);
      const result = await act(entry);
      if (entryIn(await this.#current(), name)?.physical === entry?.physical) return result;
    }
    throw new Unavailable(`${name} is being replaced too often to be read`);
  }

  async find(name: string): Promise<CatalogueEntry | null> {
    return entryIn(await this.#current(), name);
  }

  /** Enters a collection, unless it has an entry. */
  async add({ name, version }: Pick<Collection, 'name' | 'version'>): Promise<void> {
    const added = { name, version, physical: physicalOf(name, version) };
    await this.#change((collections) => (collections.some((entry) => entry.name === name) ? collections : [...collections, added]));
  }

  /** Moves an entry to another name and replaces the entry there; false when it is not of this version. */
  async rename(from: string, to: string, version: number): Promise<boolean> {
    const moved = (collections: readonly CatalogueEntry[]): CatalogueEntry =>
      collections.find(({ name }) => name === from) ?? { name: from, version, physical: physicalOf(to, version) };
    const state = await this.#change((collections) => {
      const entry = moved(collections);
      if (entry.version !== version) return collections;
      return [...collections.filter(({ name }) => name !== from && name !== to), { ...entry, name: to }];
    });
    return entryIn(state, from) === null;
  }

  /** Drops the collections that have no entry any more. */
  async sweep(): Promise<void> {
    const { db } = this.connection;
    assert(db, 'a catalogue stands on an open connection');
    // Listed first: a collection is entered before it is made, so one that is listed and has no entry was removed from the catalogue.
    const listed = await this.calls.read(() => db.listCollections({}, { nameOnly: true }).toArray());
    const { collections } = await this.#current();
    const named = new Set(collections.map(({ physical }) => physical));
    for (const { name } of listed) {
      if (name.startsWith(PREFIX) && !named.has(name)) await this.calls.write(() => db.dropCollection(name));
    }
  }

  /** Reads the revision only, since it hardly ever changes, and compares it with the state that was known before the read. */
  async #current(): Promise<State> {
    const known = this.#known;
    const found = await this.calls.read(() => this.#model.findById(ID, { revision: 1 }).lean().exec());
    return (found?.revision ?? null) === known.revision ? known : this.#load();
  }

  async #load(): Promise<State> {
    const found = await this.calls.read(() => this.#model.findById(ID).lean().exec());
    const state = { revision: found?.revision ?? null, collections: found?.collections ?? [] };
    this.#known = state;
    return state;
  }

  async #change(step: (collections: readonly CatalogueEntry[]) => readonly CatalogueEntry[]): Promise<State> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const before = await this.#load();
      const collections = step(before.collections);
      if (collections === before.collections) return before;
      const after = { revision: token(), collections };
      if (await this.#replace(before.revision, after)) {
        this.#known = after;
        return after;
      }
    }
    throw new Unavailable('The catalogue of collections is being changed by too many at once');
  }

  async #replace(expected: string | null, next: Pick<CatalogueDocument, 'revision' | 'collections'>): Promise<boolean> {
    if (expected !== null) {
      const { matchedCount } = await this.calls.write(() => this.#model.updateOne({ _id: ID, revision: expected }, { $set: next }).exec());
      return matchedCount === 1;
    }
    try {
      await this.calls.write(() => this.#model.insertOne({ _id: ID, ...next }));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}

const entryIn = ({ collections }: State, name: string): CatalogueEntry | null => collections.find((entry) => entry.name === name) ?? null;

const TOKEN_BYTES = 6;
const token = (): string => randomBytes(TOKEN_BYTES).toString('hex');

function physicalOf(name: string, version: number): string {
  checkCollectionName(name);
  return `${PREFIX}${name}_v${version}_${token()}`;
}
