import { type Collection, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { type Connection, type Model, Schema } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { checkCollectionName } from '../shared/preconditions.js';
import type { Calls } from './calls.js';
import { isDuplicate } from './failures.js';

/** Where a collection's documents are. */
export interface Standing {
  readonly name: string;
  readonly version: number;
  /** The collection in MongoDB. Never used again once the catalogue let go of it. */
  readonly physical: string;
}

interface CatalogueDocument {
  readonly _id: string;
  /** Another one after each change. */
  readonly revision: string;
  readonly collections: readonly Standing[];
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
 * Which collection of MongoDB holds the documents of which name: all of it in one document, so that any change of it happens
 * for every process at once. It is changed by compare-and-set on its revision.
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
   * Does something where a name's documents are, and again if they turn out to be elsewhere by then. A collection is removed
   * only after the catalogue let go of it: whoever still finds it named there afterwards read all of it, and wrote where readers look.
   */
  async during<Result>(name: string, act: (standing: Standing | null) => Promise<Result>): Promise<Result> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const standing = standingIn(this.#known, name);
      const result = await act(standing);
      if (standingIn(await this.#current(), name)?.physical === standing?.physical) return result;
    }
    throw new Unavailable(`${name} is being replaced too often to be read`);
  }

  async find(name: string): Promise<Standing | null> {
    return standingIn(await this.#current(), name);
  }

  /** Gives a collection its place, unless it has one. */
  async add({ name, version }: Pick<Collection, 'name' | 'version'>): Promise<void> {
    const added = { name, version, physical: physicalOf(name, version) };
    await this.#change((collections) => (collections.some((standing) => standing.name === name) ? collections : [...collections, added]));
  }

  /** Gives what stands under one name to another one, whatever that had before; false when it is not of this version. */
  async rename(from: string, to: string, version: number): Promise<boolean> {
    const moved = (collections: readonly Standing[]): Standing =>
      collections.find(({ name }) => name === from) ?? { name: from, version, physical: physicalOf(to, version) };
    const state = await this.#change((collections) => {
      const standing = moved(collections);
      if (standing.version !== version) return collections;
      return [...collections.filter(({ name }) => name !== from && name !== to), { ...standing, name: to }];
    });
    return standingIn(state, from) === null;
  }

  /** Removes what no name stands for any more. */
  async sweep(): Promise<void> {
    const { db } = this.connection;
    assert(db, 'a catalogue stands on an open connection');
    // Listed first: a collection enters the catalogue before it is made, so what is listed and not named there was let go.
    const listed = await this.calls.read(() => db.listCollections({}, { nameOnly: true }).toArray());
    const { collections } = await this.#current();
    const named = new Set(collections.map(({ physical }) => physical));
    for (const { name } of listed) {
      if (name.startsWith(PREFIX) && !named.has(name)) await this.calls.write(() => db.dropCollection(name));
    }
  }

  /** Asks for the revision only, since it hardly ever changes. What other calls learn meanwhile does not count for this one. */
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

  async #change(step: (collections: readonly Standing[]) => readonly Standing[]): Promise<State> {
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

const standingIn = ({ collections }: State, name: string): Standing | null =>
  collections.find((standing) => standing.name === name) ?? null;

const TOKEN_BYTES = 6;
const token = (): string => randomBytes(TOKEN_BYTES).toString('hex');

function physicalOf(name: string, version: number): string {
  checkCollectionName(name);
  return `${PREFIX}${name}_v${version}_${token()}`;
}
