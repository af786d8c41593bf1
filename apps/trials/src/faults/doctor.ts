import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const COMMAND_LINE = join(import.meta.dirname, '../../../cli/dist/main.js');

/** What `onedoor doctor` says of a folder. */
export async function problemsOf(folder: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [COMMAND_LINE, 'doctor', '--data', folder, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await once(child, 'close');
  return (JSON.parse(text) as { readonly problems: readonly string[] }).problems;
}
