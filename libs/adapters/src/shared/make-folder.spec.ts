import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Misconfigured } from '@onedoor/engine';
import { makeFolder } from './make-folder.js';

describe('making a folder', () => {
  let above: string;
  beforeEach(() => {
    above = mkdtempSync(join(tmpdir(), 'onedoor-folder-'));
  });
  afterEach(() => rmSync(above, { recursive: true, force: true }));

  it('makes those above it too, and leaves what is there', () => {
    const folder = join(above, 'a/b/c');
    makeFolder(folder);
    writeFileSync(join(folder, 'kept'), '');
    makeFolder(folder);
    expect([statSync(folder).isDirectory(), existsSync(join(folder, 'kept'))]).toEqual([true, true]);
    expect([folder, join(above, 'a')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it('refuses a place that is a file, or is under one', () => {
    const file = join(above, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below'), join(file, 'far/below')]) expect(() => makeFolder(folder)).toThrow(Misconfigured);
    expect(() => makeFolder(file)).toThrow('is a file, not a folder');
  });

  it('refuses, and does not wait, where the file system makes no folders', () => {
    for (const folder of ['/proc/onedoor', '/proc/onedoor/data', `/${'x'.repeat(300)}`]) {
      expect(() => makeFolder(folder)).toThrow(Misconfigured);
    }
  });
});
