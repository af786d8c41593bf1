import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folder holds personal data: no other account of the machine may read it. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;

/** The files of the data folder that OneDoor makes; sqlite gives a write-ahead log the mode of its file. */
const OURS = /^(?:log|views|lock)\.(?:db|db-wal|db-shm|db-journal|head|pid)$|^reserve$/;

/**
 * Takes away what other accounts may do with the folder and its files. What belongs to another account stays as it is: doctor tells of it.
 */
export function closeToOthers(folder: string): void {
  setMode(folder, FOLDER_MODE);
  for (const name of readdirSync(folder)) if (OURS.test(name)) setMode(join(folder, name), FILE_MODE);
}

/** Makes a file that is not there, for this account alone. */
export const makePrivate = (path: string): void => closeSync(openSync(path, 'a', FILE_MODE));

/** The folder and those of its files that other accounts may use. */
export function openToOthers(folder: string): readonly string[] {
  const paths = [folder, ...readdirSync(folder).flatMap((name) => (OURS.test(name) ? [join(folder, name)] : []))];
  return paths.filter((path) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0);
}

function setMode(path: string, mode: number): void {
  try {
    if ((statSync(path).mode & OTHERS) !== 0) chmodSync(path, mode);
  } catch {
    return;
  }
}
