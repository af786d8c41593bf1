import type { MongoOptions } from './options.js';

/** What stood in a collection of MongoDB, and is gone. */
export interface VoidedCollection {
  readonly collection: string;
  readonly documents: number;
}

const CATALOGUE = 'catalogue';
const CHECKPOINTS = 'checkpoints';
const VIEW = /^view_/;

/**
 * Removes everything in MongoDB that is derived from the log: read models, parked messages, checkpoints and how far imports have come.
 * The vault is in a database of its own and stays. No process may have the database open. Throws `Unavailable` when MongoDB cannot answer.
 *
 * Each step is one command, in an order in which a process that is killed leaves nothing that a start would take for current. Without the
 * catalogue all views are gone at once, and the checkpoints that are left are void in the renewed log, so that OneDoor refuses to
 * start; then all checkpoints at once; then the documents, which no name leads to any more. Doing it again does what is left.
 */
export async function voidMongoViews(options: MongoOptions): Promise<readonly VoidedCollection[]> {
  // Loaded here, so that a process without MongoDB never loads its driver.
  const [{ answerOf }, { connect, databaseOf }] = await Promise.all([import('./answer-of.js'), import('./database.js')]);
  const connection = await connect(options, databaseOf(options));
  try {
    const { db } = connection;
    const listed = (await answerOf(async () => db?.listCollections({}, { nameOnly: true }).toArray())) ?? [];
    const views = listed.map(({ name }) => name).filter((name) => VIEW.test(name));
    const voided: VoidedCollection[] = [];
    for (const collection of [CATALOGUE, CHECKPOINTS, ...views.sort()]) {
      if (!listed.some(({ name }) => name === collection)) continue;
      const documents = (await answerOf(async () => db?.collection(collection).estimatedDocumentCount())) ?? 0;
      await answerOf(async () => db?.dropCollection(collection));
      voided.push({ collection, documents });
    }
    return voided;
  } finally {
    await connection.close();
  }
}
