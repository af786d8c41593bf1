import type { MongoOptions } from './options.js';

/** A collection of MongoDB that was removed, and how many documents it held. */
export interface VoidedCollection {
  readonly collection: string;
  readonly documents: number;
}

const CATALOGUE = 'catalogue';
const CHECKPOINTS = 'checkpoints';
const VIEW = /^view_/;

/**
 * Removes all that is derived from the log in MongoDB: read models, parked messages, checkpoints and the progress of imports.
 * The vault is in a database of its own and stays. No process may have the database open. Throws `Unavailable` when MongoDB cannot answer.
 *
 * Each step is one command, in an order that is safe when the process is killed in between: a start never takes a rest for current.
 * First the catalogue, which removes all views at once; the checkpoints that are left are void in the renewed log, so that OneDoor
 * refuses to start. Then all checkpoints at once; then the documents, which have no catalogue entry any more. A repetition does the rest.
 */
export async function voidMongoViews(options: MongoOptions): Promise<readonly VoidedCollection[]> {
  // Loaded here, so that a process without MongoDB never loads its driver.
  const [{ withRetries }, { connect, databaseOf }] = await Promise.all([import('./retry.js'), import('./database.js')]);
  const connection = await connect(options, databaseOf(options));
  try {
    const { db } = connection;
    const listed = (await withRetries(async () => db?.listCollections({}, { nameOnly: true }).toArray())) ?? [];
    const views = listed.map(({ name }) => name).filter((name) => VIEW.test(name));
    const voided: VoidedCollection[] = [];
    for (const collection of [CATALOGUE, CHECKPOINTS, ...views.sort()]) {
      if (!listed.some(({ name }) => name === collection)) continue;
      const documents = (await withRetries(async () => db?.collection(collection).estimatedDocumentCount())) ?? 0;
      await withRetries(async () => db?.dropCollection(collection));
      voided.push({ collection, documents });
    }
    return voided;
  } finally {
    await connection.close();
  }
}
