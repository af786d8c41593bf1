import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { makeFolder } from '@onedoor/adapters';
import type { Config } from '@onedoor/platform';

/** Everything that would keep the door from opening, each with what to do about it; none when all is well. */
export async function preflight(config: Config): Promise<readonly string[]> {
  // The distributed profile keeps nothing of its own on this machine but, without a mail server, the outbox.
  const needsFolder = config.ONEDOOR_PROFILE === 'embedded' || config.SMTP_URL === '';
  return [...(needsFolder ? folderProblems(resolve(config.ONEDOOR_DATA)) : []), ...(await portProblems(config))];
}

function folderProblems(folder: string): readonly string[] {
  try {
    makeFolder(folder);
  } catch (error) {
    return [`ONEDOOR_DATA: ${(error as Error).message}`];
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return [];
  } catch {
    return [`ONEDOOR_DATA: ${folder} can't be written: allow it, or name another folder`];
  }
}

async function portProblems({ PORT, ONEDOOR_HOST }: Config): Promise<readonly string[]> {
  const probe = createServer();
  return new Promise((answer) => {
    probe.once('error', ({ code }: NodeJS.ErrnoException) => answer([wordsFor(code, PORT, ONEDOOR_HOST)]));
    probe.listen(PORT, ONEDOOR_HOST, () => probe.close(() => answer([])));
  });
}

function wordsFor(code: string | undefined, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `PORT: ${port} is taken: stop what runs there, or start with another one, such as PORT=${port + 1} npm start`;
  if (code === 'EACCES') return `PORT: this user may not listen on ${port}: take one above 1023`;
  return `ONEDOOR_HOST: ${host} can't be listened on (${code ?? 'unknown'})`;
}
