import type { Collection } from '@onedoor/engine';
import type { MongoInspection } from './inspection.js';
import type { MongoOptions } from './options.js';

/** Looks at the collections without changing them. Never throws: a server that is away is what it is there to report. */
export async function inspectMongo(options: MongoOptions, collections: readonly Collection[]): Promise<MongoInspection> {
  try {
    // Loaded here, so that a process without MongoDB never loads its driver.
    const { inspectDatabase } = await import('./inspect-database.js');
    return { error: null, collections: await inspectDatabase(options, collections) };
  } catch (error) {
    return { error: (error as Error).message, collections: [] };
  }
}
