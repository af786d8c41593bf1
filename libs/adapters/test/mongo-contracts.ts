import { checkpointsContract, type CheckpointsContractOptions, readModelsContract, vaultContract } from '@onedoor/testkit';
import { type Connection, createConnection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import type { MongoData } from '../src/mongo/database.js';
import { openMongo } from '../src/mongo/open.js';

/** An empty database of its own, which goes when it is closed. */
export interface MongoUnderTest extends MongoData {
  readonly database: string;
  /** The same database through other connections, as another process has it. */
  another(): Promise<MongoData>;
  /** A connection of the driver, without the adapter. */
  readonly server: Connection;
}

/** Shorter than in production, so that tests of an outage are short. */
const SELECTION_TIMEOUT_MS = 1_000;

export async function openMongoUnderTest(url: string): Promise<MongoUnderTest> {
  const database = `test_${randomBytes(6).toString('hex')}`;
  const server = await createConnection(url, { dbName: database, autoCreate: false }).asPromise();
  const opened: MongoData[] = [];
  const another = async (): Promise<MongoData> => {
    const data = await openMongo({ url, database, selectionTimeoutMs: SELECTION_TIMEOUT_MS });
    opened.push(data);
    return data;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((data) => data.close()));
    await server.dropDatabase();
    await server.useDb(`${database}_vault`).dropDatabase();
    await server.close();
  };
  return { ...(await another()), database, another, server, close };
}

/** Every contract that MongoDB keeps, on the server of this address. */
export function mongoContracts(name: string, url: () => string, options: CheckpointsContractOptions = {}): void {
  const open = () => openMongoUnderTest(url());
  readModelsContract(name, open);
  checkpointsContract(name, open, options);
  vaultContract(name, async () => {
    const data = await open();
    return {
      vault: data.vault,
      loseKey: async (reference) => {
        const vault = data.server.useDb(`${data.database}_vault`).collection<{ _id: string }>('vault');
        await vault.updateOne({ _id: reference }, { $set: { key: null } });
        return (await data.another()).vault;
      },
      close: data.close,
    };
  });
}
