import type { Collection } from '@onedoor/engine';
import type { Connection } from 'mongoose';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { Calls } from './calls.js';
import { Catalogue } from './catalogue.js';
import { connect, databaseOf } from './database.js';
import { documentsIn } from './documents.js';
import type { MongoOptions } from './options.js';

export interface CollectionInspection {
  readonly name: string;
  /** The version that is served; null where there is none yet. */
  readonly version: number | null;
  /** Declared indexes that are not there, each by its fields. */
  readonly missingIndexes: readonly string[];
}

export async function inspectDatabase(options: MongoOptions, collections: readonly Collection[]): Promise<readonly CollectionInspection[]> {
  const connection = await connect(options, databaseOf(options));
  try {
    const calls = new Calls(new OutageMonitor('MongoDB', () => undefined));
    const catalogue = new Catalogue(connection, calls);
    const found: CollectionInspection[] = [];
    for (const collection of collections) found.push(await inspectCollection(connection, catalogue, calls, collection));
    return found;
  } finally {
    await connection.close();
  }
}

async function inspectCollection(
  connection: Connection,
  catalogue: Catalogue,
  calls: Calls,
  collection: Collection,
): Promise<CollectionInspection> {
  const { name, version } = collection;
  const standing = await catalogue.find(name);
  // A collection in another version is about to be rebuilt, with its indexes.
  if (standing?.version !== version) return { name, version: standing?.version ?? null, missingIndexes: [] };
  const { toCreate } = await calls.read(() => documentsIn(connection, standing.physical, collection).diffIndexes());
  return { name, version, missingIndexes: toCreate.map((index) => Object.keys(index as object).join(', ')) };
}
