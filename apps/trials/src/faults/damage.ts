import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '@onedoor/adapters';
import { DAMAGES, FolderCopy, type Damage } from '@onedoor/testkit';
import { auditLog } from '../chaos/audit-log.js';
import { demoProcess } from '../demo-process.js';
import { problemsOf } from './doctor.js';
import { FlippedBit } from './flipped-bit.js';
import { digestOf, foldersToDamage, type FoldersToDamage } from './folders-to-damage.js';
import type { Tally, Trial } from './trial.js';

/** Bits that are flipped at places by chance. */
const FLIPS = { quick: 8, long: 200 };
/** Copies that are tried at a time. */
const AT_A_TIME = 2;
/** What names a file of the folder, or the damage of one. */
const NAMED = /log\.db|views\.db/;

export const DAMAGE: Trial = {
  name: 'damage',
  what:
    `${DAMAGES.length} kinds of damage, and bits flipped by chance, in a copy of the folder of a city that acknowledged requests: ` +
    'the start refuses and names it, or `onedoor doctor` names it',
  run: async (run, tally) => {
    const folders = await foldersToDamage(run, tally);
    const flips = Array.from({ length: run.isQuick ? FLIPS.quick : FLIPS.long }, () => new FlippedBit(run.random(), run.random()));
    const waiting = [...DAMAGES, ...flips].map((damage, index) => ({ damage, folder: join(run.folder, `copy-${index}`) }));
    const tryNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (run.hasTime()) await tryDamage(next.damage, next.folder, folders, tally);
        else tally.skip(next.damage.what, 'no time was left');
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, tryNext));
  },
};

async function tryDamage(damage: Damage, folder: string, folders: FoldersToDamage, tally: Tally): Promise<void> {
  tally.fault();
  const inflict = (): void => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(folders[damage.base], folder, { recursive: true });
    damage.do(new FolderCopy(folder), folders);
  };
  inflict();
  const refusal = await refusalOf(folder);
  if (refusal !== null) {
    if (!NAMED.test(refusal)) tally.found('unnamed', `${damage.what}: the start only says ${JSON.stringify(refusal)}`);
  } else {
    const missing = await missingIn(folder, folders.acknowledged);
    inflict();
    if ((await problemsOf(folder)).length === 0 && !isHarmless(damage, folder, folders)) {
      tally.found('unnamed', damage.what);
      tally.found('lost', `acknowledged requests that are not in the log, after ${damage.what}`, missing);
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

/** A bit at a place by chance may stand where nothing is kept: the log then says what it said. Every other kind does harm. */
function isHarmless(damage: Damage, folder: string, folders: FoldersToDamage): boolean {
  return damage instanceof FlippedBit && digestOf(folder) === folders.digests[damage.base];
}

/** What a start that is refused says; null where the process serves. */
async function refusalOf(folder: string): Promise<string | null> {
  const server = await demoProcess(folder, { keepsErrors: true });
  try {
    await server.start();
  } catch {
    return server.errors;
  }
  await server.stop();
  return null;
}

async function missingIn(folder: string, acknowledged: readonly string[]): Promise<number> {
  const data = await openSqlite(folder, { readOnly: true });
  const { lost } = await auditLog(data, acknowledged);
  await data.close();
  return lost;
}
