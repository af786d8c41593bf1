import { CommandFailure } from './command-failure.js';
import { type Document, keyOf, valueAt } from './document.js';
import { type Condition, type FieldCondition, matches } from './filter.js';
import { OrderedIndex } from './ordered-index.js';
import { compareValues } from './order.js';
import { type Plan, planOf, type Sort } from './plan.js';

export interface IndexDefinition {
  readonly name: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly unique?: boolean;
}

interface FindOptions {
  readonly sort?: Sort;
  readonly skip?: number;
  /** 0 and absent mean all. */
  readonly limit?: number;
}

interface StoredIndex {
  readonly definition: IndexDefinition;
  readonly ordered: OrderedIndex;
  /** Of a unique index: the id of the document with each key. */
  readonly owners: Map<string, string>;
}

const ID_INDEX = { v: 2, key: { _id: 1 }, name: '_id_' };

/** One collection: its documents by id, in insertion order, and its indexes. */
export class StoredCollection {
  readonly #documents = new Map<string, Document>();
  readonly #indexes = new Map<string, StoredIndex>();
  /** The index of ids, created at first use: most collections never need it. */
  #ids: OrderedIndex | null = null;

  constructor(readonly namespace: string) {}

  /** The definitions, that of the index of ids first. */
  indexes(): readonly IndexDefinition[] {
    return [ID_INDEX, ...[...this.#indexes.values()].map(({ definition }) => definition)];
  }

  createIndex(definition: IndexDefinition): void {
    const known = this.indexes().find(({ name }) => name === definition.name);
    if (known && JSON.stringify(known.key) !== JSON.stringify(definition.key))
      throw new CommandFailure(86, 'IndexKeySpecsConflict', `another index is named ${definition.name}`);
    if (known) return;
    const index = {
      definition: { v: 2, ...definition },
      ordered: new OrderedIndex(Object.keys(definition.key)),
      owners: new Map<string, string>(),
    };
    for (const [id, document] of this.#documents) {
      this.#checkKey(index, document, id);
      this.#enter(index, document, id);
    }
    this.#indexes.set(definition.name, index);
  }

  dropIndexes(name: string): void {
    if (name === '*') this.#indexes.clear();
    else if (!this.#indexes.delete(name)) throw new CommandFailure(27, 'IndexNotFound', `index not found with name [${name}]`);
  }

  insert(document: Document): void {
    const id = keyOf(document['_id']);
    if (this.#documents.has(id)) throw this.#duplicate(ID_INDEX, document);
    this.#put(id, document);
  }

  replace(document: Document): void {
    this.#put(keyOf(document['_id']), document);
  }

  remove(document: Document): void {
    const id = keyOf(document['_id']);
    this.#documents.delete(id);
    this.#ids?.remove(id);
    for (const index of this.#indexes.values()) this.#leave(index, document, id);
  }

  find(conditions: readonly Condition[], { sort = {}, skip = 0, limit = 0 }: FindOptions = {}): readonly Document[] {
    const end = limit === 0 ? Infinity : skip + limit;
    const { documents, isSorted } = this.#candidates(conditions, sort);
    const found: Document[] = [];
    for (const document of documents) {
      if (isSorted && found.length >= end) break;
      if (matches(document, conditions)) found.push(document);
    }
    return (isSorted ? found : found.sort(byOrder(sort))).slice(skip, end);
  }

  /** All documents that may match: by ids, by the best index, else by a full scan. */
  #candidates(conditions: readonly Condition[], sort: Sort): { readonly documents: Iterable<Document>; readonly isSorted: boolean } {
    const isUnordered = Object.keys(sort).length === 0;
    const ids = idsOf(conditions);
    if (ids) return { documents: this.#withIds(ids), isSorted: isUnordered };
    const plan = planOf(this.#ordered(conditions, sort), conditions, sort);
    if (!plan) return { documents: this.#documents.values(), isSorted: isUnordered };
    return { documents: scanRanges(plan), isSorted: isUnordered || plan.isSorted };
  }

  *#withIds(ids: readonly string[]): Iterable<Document> {
    for (const id of ids) {
      const document = this.#documents.get(id);
      if (document) yield document;
    }
  }

  #ordered(conditions: readonly Condition[], sort: Sort): readonly OrderedIndex[] {
    const ordered = [...this.#indexes.values()].map((index) => index.ordered);
    const isById = Object.keys(sort)[0] === '_id' || conditions.some((condition) => 'path' in condition && condition.path === '_id');
    if (!isById) return ordered;
    if (!this.#ids) {
      this.#ids = new OrderedIndex(['_id']);
      for (const [id, document] of this.#documents) this.#ids.put(id, document);
    }
    return [...ordered, this.#ids];
  }

  #put(id: string, document: Document): void {
    for (const index of this.#indexes.values()) this.#checkKey(index, document, id);
    const former = this.#documents.get(id);
    this.#documents.set(id, document);
    this.#ids?.put(id, document);
    for (const index of this.#indexes.values()) {
      if (former && index.definition.unique) index.owners.delete(keyIn(index.definition, former));
      this.#enter(index, document, id);
    }
  }

  #enter({ definition, ordered, owners }: StoredIndex, document: Document, id: string): void {
    ordered.put(id, document);
    if (definition.unique) owners.set(keyIn(definition, document), id);
  }

  #leave({ definition, ordered, owners }: StoredIndex, document: Document, id: string): void {
    ordered.remove(id);
    if (definition.unique) owners.delete(keyIn(definition, document));
  }

  #checkKey({ definition, owners }: StoredIndex, document: Document, id: string): void {
    if (definition.unique && (owners.get(keyIn(definition, document)) ?? id) !== id) throw this.#duplicate(definition, document);
  }

  #duplicate({ name, key }: IndexDefinition, document: Document): CommandFailure {
    const keyValue = Object.fromEntries(Object.keys(key).map((path) => [path, valueAt(document, path) ?? null]));
    return new CommandFailure(11_000, 'DuplicateKey', `E11000 duplicate key error collection: ${this.namespace} index: ${name}`, {
      keyPattern: key,
      keyValue,
    });
  }
}

const keyIn = ({ key }: IndexDefinition, document: Document): string =>
  Object.keys(key)
    .map((path) => keyOf(valueAt(document, path)))
    .join('\n');

/** The ids that a filter names, each once. */
function idsOf(conditions: readonly Condition[]): readonly string[] | null {
  const of = conditions.filter((condition): condition is FieldCondition => 'path' in condition && condition.path === '_id');
  const byValue = of.find(({ operator }) => operator === '$eq');
  if (byValue) return [keyOf(byValue.value)];
  const byList = of.find(({ operator }) => operator === '$in');
  return byList && Array.isArray(byList.value) ? [...new Set(byList.value.map(keyOf))] : null;
}

function* scanRanges({ index, ranges, isBackwards }: Plan): Iterable<Document> {
  for (const range of ranges) yield* index.scan(range, isBackwards);
}

function byOrder(sort: Sort): (one: Document, other: Document) => number {
  const fields = Object.entries(sort);
  return (one, other) => {
    for (const [path, direction] of fields) {
      const order = direction * compareValues(valueAt(one, path), valueAt(other, path));
      if (order !== 0) return order;
    }
    return 0;
  };
}
