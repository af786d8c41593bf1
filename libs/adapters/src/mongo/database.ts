import { type Connection, createConnection } from 'mongoose';
import { answerOf } from './answer-of.js';
import { Catalogue } from './catalogue.js';
import { MongoCheckpoints } from './checkpoints.js';
import type { MongoData, MongoOptions } from './options.js';
import { MongoReadModels } from './read-models.js';
import { MongoVault } from './vault.js';

const DATABASE = 'onedoor';
/** Small enough for any server that speaks this protocol, large enough that a page takes few round trips. */
const BATCH_SIZE = 50;
const SELECTION_TIMEOUT_MS = 3_000;
const SOCKET_TIMEOUT_MS = 30_000;
const QUEUE_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 20;

export async function openDatabase(options: MongoOptions): Promise<MongoData> {
  const { batchSize = BATCH_SIZE } = options;
  const database = databaseOf(options);
  const connection = await connect(options, database);
  try {
    const catalogue = new Catalogue(connection);
    await catalogue.sweep();
    return {
      readModels: new MongoReadModels(connection, catalogue, batchSize),
      checkpoints: new MongoCheckpoints(connection),
      vault: new MongoVault(connection.useDb(`${database}_vault`)),
      async close() {
        // What we end ourselves is not lost.
        connection.removeAllListeners('disconnected');
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** A connection of our own, never the driver's global one: two of them may stand side by side in one process. */
export async function connect({ url, alarm, selectionTimeoutMs = SELECTION_TIMEOUT_MS }: MongoOptions, database: string): Promise<Connection> {
  const connection = createConnection();
  // Every failure is reported by the call that met it.
  connection.on('error', () => undefined);
  await answerOf(() =>
    connection.openUri(url, {
      dbName: database,
      autoCreate: false,
      autoIndex: false,
      bufferCommands: false,
      promoteBuffers: true,
      maxPoolSize: CONNECTIONS_MAX,
      serverSelectionTimeoutMS: selectionTimeoutMs,
      connectTimeoutMS: selectionTimeoutMs,
      socketTimeoutMS: SOCKET_TIMEOUT_MS,
      waitQueueTimeoutMS: QUEUE_TIMEOUT_MS,
      readPreference: 'primary',
      // Also for the views: a checkpoint that outlives its documents in a change of primary would leave them out for good.
      writeConcern: { w: 'majority', journal: true },
    }),
  ).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  connection.on('disconnected', () => alarm?.('connection to MongoDB lost', { database }));
  connection.on('reconnected', () => alarm?.('connection to MongoDB is back', { database }));
  return connection;
}

/** The database that was asked for, or that the connection string names between its hosts and its options. */
export const databaseOf = ({ url, database }: MongoOptions): string => database ?? /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? DATABASE;
