import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Misconfigured } from '@onedoor/engine';

/**
 * Makes a folder and those above it that are missing, for this account alone: they hold personal data. Throws `Misconfigured` where that
 * can't be. It makes one level at a time: the `recursive` of Node never returns on a file system, such as /proc, that answers "no such
 * entry" under a folder that is there.
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  try {
    for (const each of missingFolders(path)) makeOne(each);
    if (!statSync(path).isDirectory()) throw new Misconfigured(`${folder} is a file, not a folder: name another place`);
  } catch (error) {
    if (error instanceof Misconfigured) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Misconfigured(`The folder ${folder} can't be made (${code ?? message}): allow writing there, or name another place`);
  }
}

/** The highest one first. */
function missingFolders(path: string): readonly string[] {
  const above = dirname(path);
  if (existsSync(path)) return [];
  return above === path ? [path] : [...missingFolders(above), path];
}

/** Another process may make it meanwhile. */
function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
