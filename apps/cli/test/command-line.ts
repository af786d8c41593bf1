import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../dist/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled command line as a person would, in a process of its own. */
export async function onedoor(...words: readonly string[]): Promise<Ended> {
  const { child, ended } = start(...words);
  void child;
  return ended;
}

export function start(...words: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const { ONEDOOR_DATA: _none, ...environment } = process.env;
  const child = spawn(process.execPath, [MAIN, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr })) };
}

/** The one JSON document on standard output; anything beside it fails the parse. */
export async function json<Document>(...words: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await onedoor(...words, '--json');
  if (code !== 0) throw new Error(`onedoor ${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Document;
}
