import { badValue, CommandFailure } from './command-failure.js';
import type { Document } from './document.js';
import { type IndexDefinition, StoredCollection } from './stored-collection.js';

/** All collections of all databases. */
export class Databases {
  readonly #databases = new Map<string, Map<string, StoredCollection>>();

  /** The collection, created where there is none, as by a first write. */
  collection(database: string, name: string): StoredCollection {
    const collections = this.#databases.get(database) ?? new Map<string, StoredCollection>();
    this.#databases.set(database, collections);
    const collection = collections.get(name) ?? new StoredCollection(`${database}.${name}`);
    collections.set(name, collection);
    return collection;
  }

  find(database: string, name: string): StoredCollection | null {
    return this.#databases.get(database)?.get(name) ?? null;
  }

  existing(database: string, name: string): StoredCollection {
    const found = this.find(database, name);
    if (!found) throw new CommandFailure(26, 'NamespaceNotFound', `ns does not exist: ${database}.${name}`);
    return found;
  }

  create(database: string, name: string): void {
    if (this.find(database, name)) throw new CommandFailure(48, 'NamespaceExists', `Collection ${database}.${name} already exists.`);
    this.collection(database, name);
  }

  drop(database: string, name: string): void {
    this.#databases.get(database)?.delete(name);
  }

  dropDatabase(database: string): void {
    this.#databases.delete(database);
  }

  names(database: string): readonly string[] {
    return [...(this.#databases.get(database)?.keys() ?? [])];
  }
}

/** Parses the definition of an index. Partial and sparse indexes are refused. */
export function indexDefinitionOf(definition: Document): IndexDefinition {
  const { name, key, unique, partialFilterExpression, sparse } = definition as unknown as IndexDefinition & Document;
  if (partialFilterExpression || sparse) throw badValue('this double keeps whole indexes only');
  return { name, key, ...(unique === true && { unique }) };
}
