import type { Collection } from '@onedoor/engine';
import type { CollectionInspection } from './inspect-database.js';
import type { MongoOptions } from './options.js';

/** What a MongoDB looks like from outside, for `onedoor doctor`. */
export interface MongoInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  readonly collections: readonly CollectionInspection[];
}

/** Looks at the collections without changing them. Never throws: that a server is away is part of the report. */
export async function inspectMongo(options: MongoOptions, collections: readonly Collection[]): Promise<MongoInspection> {
  try {
    // Loaded here, so that a process without MongoDB never loads its driver.
    const { inspectDatabase } = await import('./inspect-database.js');
    return { error: null, collections: await inspectDatabase(options, collections) };
  } catch (error) {
    return { error: (error as Error).message, collections: [] };
  }
}
