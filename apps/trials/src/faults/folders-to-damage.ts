import { createHash, randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inspect } from 'node:util';
import { openSqlite } from '@onedoor/adapters';
import type { DamageSources } from '@onedoor/testkit';
import { settledLog } from '../chaos/settled-log.js';
import { demoProcess } from '../demo-process.js';
import type { Run, Tally } from './trial.js';
import { TriedCity } from './tried-city.js';

/** Whole folders of a city, to be copied. */
export interface FoldersToDamage extends DamageSources {
  readonly killed: string;
  readonly closed: string;
  readonly acknowledged: readonly string[];
  /** What the logs of both say, by `digestOf`. */
  readonly digests: Readonly<Record<'killed' | 'closed', string>>;
}

/** Few enough that the write-ahead log is never checkpointed: all that was acknowledged stands in it. */
const EARLIER = 8;
const REQUESTS = 24;

/** Makes them by the product: a city that is founded, stopped, started again and used, and another one. */
export async function foldersToDamage(run: Run, tally: Tally): Promise<FoldersToDamage> {
  const at = (name: string): string => join(run.folder, name);
  const city = new TriedCity(at('live'), await demoProcess(at('live')));
  await city.server.start();
  await city.server.stop();
  await city.server.start();
  await post(city, EARLIER);
  snapshot(city, at('earlier'));
  backUp(at('live'), at('earlier'));
  await post(city, REQUESTS - EARLIER);
  snapshot(city, at('killed'));
  await city.server.stop();
  const acknowledged = city.ledger.all();
  await erase(at('live'), acknowledged[0] ?? '');
  cpSync(at('live'), at('closed'), { recursive: true });
  tally.acknowledged(acknowledged.length);

  const other = new TriedCity(at('elsewhere'), await demoProcess(at('elsewhere')));
  await other.server.start();
  await post(other, 2 * REQUESTS);
  snapshot(other, at('other'));
  await other.server.kill();
  const digests = { killed: digestOfCopy(at('killed')), closed: digestOfCopy(at('closed')) };
  return { killed: at('killed'), closed: at('closed'), earlier: at('earlier'), other: at('other'), acknowledged, digests };
}

/** Returns once what follows from the requests is in the log as well. */
async function post({ client, folder, ledger }: TriedCity, requests: number): Promise<void> {
  for (let request = 0; request < requests; request++) await client.submit(randomUUID());
  await settledLog(folder, ledger.all());
}

/** Copies the files of a running process as a kill would leave them. */
function snapshot({ server, folder }: TriedCity, to: string): void {
  server.hang();
  cpSync(folder, to, { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('reserve') });
  server.resume();
}

function backUp(folder: string, into: string): void {
  const database = new DatabaseSync(join(folder, 'log.db'), { readOnly: true });
  database.exec(`VACUUM INTO '${join(into, 'backup')}'`);
  database.close();
}

/** What an erasure does to the vault: its command is not there yet. */
async function erase(folder: string, reference: string): Promise<void> {
  const data = await openSqlite(folder);
  await data.vault.destroy(reference);
  await data.close();
}

/** Over every event and every row of the vault. A log that can not be read is like no other. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  try {
    const database = new DatabaseSync(join(folder, 'log.db'), { readOnly: true });
    try {
      for (const table of ['meta', 'streams', 'events', 'vault'])
        for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) hash.update(inspect(Object.values(row), WHOLE));
    } finally {
      database.close();
    }
  } catch (error) {
    return String(error);
  }
  return hash.digest('hex');
}

const WHOLE = { maxArrayLength: null, maxStringLength: null } as const;

/** Reading a folder that a kill left makes a file in it. */
function digestOfCopy(folder: string): string {
  const copy = `${folder}-read`;
  cpSync(folder, copy, { recursive: true });
  return digestOf(copy);
}
