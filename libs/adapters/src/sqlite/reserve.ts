import { randomFillSync } from 'node:crypto';
import { rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';

/** Enough to open both files and to write for a while. */
const RESERVE_BYTES = 2 * 1024 * 1024;

/** Keeps room on the disk, for a start when it is full. Where there is less than twice as much left, it is not taken now. */
export function keepReserve(path: string, folder: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === RESERVE_BYTES) return;
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < 2 * RESERVE_BYTES) return;
    fill(path);
  } catch {
    rmSync(path, { force: true });
  }
}

/** Gives the room back. Whether there was any. */
export function releaseReserve(path: string): boolean {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  rmSync(path, { force: true });
  return isThere;
}

/** With chance: what a file system could compress would be no room. */
const fill = (path: string): void => writeFileSync(path, randomFillSync(Buffer.alloc(RESERVE_BYTES)), { mode: 0o600 });
