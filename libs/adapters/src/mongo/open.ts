import type { MongoData } from './database.js';
import type { MongoOptions } from './options.js';

/**
 * Connects to MongoDB, and throws `Unavailable` when no server that takes writes is found in time.
 * The driver is loaded here and not before: an embedded OneDoor never pays for it.
 */
export async function openMongo(options: MongoOptions): Promise<MongoData> {
  const { openDatabase } = await import('./database.js');
  return openDatabase(options);
}
