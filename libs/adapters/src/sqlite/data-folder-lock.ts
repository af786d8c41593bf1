import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../shared/make-folder.js';
import { filesOf } from './files.js';
import { makePrivate } from './folder-modes.js';

/** Another process, or another part of this one, uses the folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';

  constructor(
    readonly folder: string,
    /** The process that seems to hold it, if it left its number. */
    readonly pid: number | null,
  ) {
    super(`The data folder ${folder} is in use${pid === null ? '' : ` by process ${pid}`}: stop that one first, or choose another folder`);
  }
}

export interface DataFolderLock {
  release(): void;
}

/** References to the locks' connections: a connection that is garbage-collected loses its lock. */
const held = new Set<DatabaseSync>();

/**
 * Locks the folder for this process. It is a lock of the operating system, held through sqlite: it ends with the process in any case,
 * and a leftover file does not count as one. The process id in a file beside it is for the refusal's text only.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  makeFolder(folder);
  const files = filesOf(folder);
  makePrivate(files.lock);
  const database = new DatabaseSync(files.lock, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new DataFolderInUse(folder, readHolder(files.lockHolder));
  }
  held.add(database);
  nameHolder(files.lockHolder);
  return {
    release: () => {
      if (!held.delete(database)) return;
      rmSync(files.lockHolder, { force: true });
      database.close();
    },
  };
}

/** Without the number the refusal names none: a full disk is no reason not to start. */
function nameHolder(path: string): void {
  try {
    writeFileSync(path, `${process.pid}\n`, { mode: 0o600 });
  } catch {
    return;
  }
}

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === SQLITE_BUSY;

function readHolder(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}
