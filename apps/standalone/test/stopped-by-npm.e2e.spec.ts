import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

describe('npm start that is told to end', () => {
  const data = mkdtempSync(join(tmpdir(), 'onedoor-npm-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  // npm passes SIGTERM on to its shell, which passes it on to no program.
  it('ends the product too', async () => {
    const shell = spawn('sh', ['-c', `'${process.execPath}' scripts/start.mjs; true`], {
      cwd: ROOT,
      env: { ...process.env, npm_lifecycle_event: 'start', PORT: '0', ONEDOOR_DEMO: 'off', ONEDOOR_DATA: data },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // A program that lives on holds the other end of the pipe open.
    const ended = once(shell.stdout, 'end');
    let isTold = false;
    shell.stdout.on('data', (written: Buffer) => {
      if (isTold || !written.toString().includes('OneDoor is open')) return;
      isTold = shell.kill('SIGTERM');
    });
    await ended;
    expect(isTold).toBe(true);
  }, 60_000);
});
