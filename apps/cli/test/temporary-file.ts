import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Writes files that are removed after the specs of this file. */
export function temporaryFiles(): { readonly write: (content: string | Uint8Array) => string; readonly gzip: (content: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-spec-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const write = (content: string | Uint8Array): string => {
    const file = join(folder, `${(count += 1)}.csv`);
    writeFileSync(file, content);
    return file;
  };
  return { write, gzip: (content) => write(gzipSync(content)) };
}
