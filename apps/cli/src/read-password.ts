import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UserError } from './answer.js';

/**
 * A password from standard input: its first line where something is piped in, else what a person types, twice and unseen.
 * Never from the command's own words: those stand in the shell's history and in the list of processes.
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await linesOf(1))[0] ?? '';
  return typeTwice('Password');
}

/** What a command needs to sign in elsewhere, and the password of an account that it makes. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
  /** Null unless it was asked for. */
  readonly newPassword: string | null;
}

/**
 * The password of an administrator, and a new one where `newPasswordFor` names an account. Piped in, they are a line each, in this order;
 * the administrator's name may come before them, on a line of its own.
 */
export async function readCredentials({
  name,
  newPasswordFor,
}: {
  readonly name: string;
  readonly newPasswordFor: string | null;
}): Promise<Credentials> {
  if (process.stdin.isTTY) {
    const password = await typeUnseen(`Password of the administrator ${name}: `);
    return { name, password, newPassword: newPasswordFor === null ? null : await typeTwice(`New password of ${newPasswordFor}`) };
  }
  const passwords = newPasswordFor === null ? 1 : 2;
  const lines = await linesOf(passwords, passwords + 1);
  const newPassword = newPasswordFor === null ? null : (lines.pop() ?? '');
  const password = lines.pop() ?? '';
  return { name: lines.pop() ?? name, password, newPassword };
}

/** The lines of what is piped in, within these bounds. */
async function linesOf(least: number, most = least): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    lines.push(line);
    if (lines.length === most) break;
  }
  if (lines.length === 0) throw new UserError('No password came on standard input');
  if (lines.length < least) throw new UserError(`Standard input ended after ${lines.length} of ${least} lines: passwords come a line each`);
  return lines;
}

async function typeTwice(what: string): Promise<string> {
  const typed = await typeUnseen(`${what}: `);
  if ((await typeUnseen('Once more: ')) !== typed) throw new UserError('The two passwords differ');
  return typed;
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
