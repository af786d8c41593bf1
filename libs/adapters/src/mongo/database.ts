import type { Checkpoints, Dependency, ReadModels, Vault } from '@onedoor/engine';
import { type Connection, createConnection } from 'mongoose';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { settledWithin } from '../shared/waits.js';
import { checkAddress } from './address.js';
import { withRetries } from './retry.js';
import { Calls } from './calls.js';
import { Catalogue } from './catalogue.js';
import { MongoCheckpoints } from './checkpoints.js';
import type { MongoOptions } from './options.js';
import { MongoReadModels } from './read-models.js';
import { MongoVault } from './vault.js';

const DATABASE = 'onedoor';
/** Small enough for any server that speaks this protocol, large enough that a page takes few round trips. */
const BATCH_SIZE = 50;
const SELECTION_TIMEOUT_MS = 3_000;
const SOCKET_TIMEOUT_MS = 30_000;
/** How often each server is pinged: one that hangs is given up after this and the selection's time. */
const HEARTBEAT_MS = 5_000;
const QUEUE_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 20;
const CLOSED_WITHIN_MS = 2_000;

/** All that one MongoDB holds for OneDoor. Several processes may have it open at once. */
export interface MongoData {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly vault: Vault;
  /** How MongoDB answers, as the calls of this process find it. */
  readonly dependency: Dependency;
  /** Fails every call that is under way with `Unavailable`, then closes every connection: 2 s at most. Doing it twice is fine. */
  close(): Promise<void>;
}

export async function openDatabase(options: MongoOptions): Promise<MongoData> {
  const { batchSize = BATCH_SIZE, alarm = () => undefined } = options;
  const database = databaseOf(options);
  const connection = await connect(options, database);
  try {
    const monitor = new OutageMonitor('MongoDB', alarm);
    const calls = new Calls(monitor);
    const catalogue = new Catalogue(connection, calls);
    await catalogue.sweep();
    return {
      readModels: new MongoReadModels(connection, catalogue, calls, batchSize),
      checkpoints: new MongoCheckpoints(connection, calls),
      vault: new MongoVault(connection.useDb(`${database}_vault`), calls),
      dependency: monitor,
      async close() {
        calls.close();
        // The driver ends its sessions at the server, which may never answer.
        await settledWithin(connection.close(), CLOSED_WITHIN_MS);
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** A connection of our own, never the driver's global one: two of them may stand side by side in one process. */
export async function connect({ url, selectionTimeoutMs = SELECTION_TIMEOUT_MS }: MongoOptions, database: string): Promise<Connection> {
  checkAddress(url);
  const connection = createConnection();
  // Each failure is reported by the call that met it.
  connection.on('error', () => undefined);
  await withRetries(() =>
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
      heartbeatFrequencyMS: HEARTBEAT_MS,
      readPreference: 'primary',
      // What a majority keeps outlives a change of primary; anything else may be taken back after it was read.
      readConcern: { level: 'majority' },
      // Also for the views: a checkpoint that outlives its documents in a change of primary would leave them out for good.
      writeConcern: { w: 'majority', journal: true },
    }),
  ).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  return connection;
}

/** The database that was asked for, or that the connection string names between its hosts and its options. */
export const databaseOf = ({ url, database }: MongoOptions): string =>
  database ?? /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1] ?? DATABASE;
