import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UserError } from './answer.js';

/**
 * A password from standard input: its first line where something is piped in, else what a person types, twice and unseen.
 * Never from the command's own words: those stand in the shell's history and in the list of processes.
 */
export async function readPassword(): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) return firstLine();
  const typed = await typeUnseen('Password: ');
  if ((await typeUnseen('Once more: ')) !== typed) throw new UserError('The two passwords differ');
  return typed;
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  throw new UserError('No password came on standard input');
}

async function typeUnseen(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const aborted = new AbortController();
  reader.once('SIGINT', () => aborted.abort());
  try {
    return await reader.question('', { signal: aborted.signal });
  } catch {
    throw new UserError('No password was typed');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
