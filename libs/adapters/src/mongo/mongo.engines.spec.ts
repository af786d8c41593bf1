import { createConnection } from 'mongoose';
import { mongoContracts } from '../../test/mongo-contracts.js';

const url = process.env['MONGO_URL'];
const isFerretDb = url !== undefined && (await saysFerretDb(url));

// A real server of the protocol. Where none is given, the suite is listed as skipped.
// FerretDB keeps its documents in SQLite and updates them in two steps, so that two rivals may both win. MongoDB's own updates of one
// document are atomic: against MongoDB nothing is left out.
(url ? describe : describe.skip)('the server at MONGO_URL', () =>
  mongoContracts('mongodb', () => String(url), { hasAtomicUpdates: !isFerretDb }),
);

async function saysFerretDb(server: string): Promise<boolean> {
  const connection = await createConnection(server).asPromise();
  const about = await connection.db?.admin().buildInfo();
  await connection.close();
  return about?.['ferretdbVersion'] !== undefined;
}
