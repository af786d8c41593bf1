import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '../../test/child.js';
import { DataFolderInUse, lockDataFolder } from './data-folder-lock.js';
import { temporaryFolder } from '../../test/temporary-folder.js';

describe('the lock of a data folder', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => ({ folder, remove } = temporaryFolder()));
  const children: Child[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill();
    remove();
  });
  const start = (): Child => {
    const child = startChild('./hold-lock.mjs', [folder]);
    children.push(child);
    return child;
  };

  it('refuses a second holder in the same process, until it is released', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(new DataFolderInUse(folder, process.pid));
    lock.release();
    lock.release();
    lockDataFolder(folder).release();
  });

  it('is held by another process while that lives, and free once it is killed', async () => {
    const holder = start();
    expect(await holder.nextLine()).toBe('held');
    const refusal = new DataFolderInUse(folder, holder.pid);
    expect(() => lockDataFolder(folder)).toThrow(refusal);
    const second = start();
    expect(await second.nextLine()).toBe(`DataFolderInUse: ${refusal.message}`);
    await second.rest();
    expect(refusal.message).toContain(folder);
    expect(refusal.message).toContain(String(holder.pid));

    holder.kill();
    await holder.rest();
    lockDataFolder(folder).release();
  });

  it('is not faked by a file that was left behind', () => {
    writeFileSync(join(folder, 'lock.pid'), '1\n');
    lockDataFolder(folder).release();
  });
});
