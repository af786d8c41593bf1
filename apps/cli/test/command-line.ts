import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../dist/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the compiled command line as a person would, in a process of its own. */
export async function onedoor(...words: readonly string[]): Promise<Ended> {
  return start(...words).ended;
}

/** The same, with settings of its own. */
export const onedoorIn = (environment: Environment, ...words: readonly string[]): Promise<Ended> => startTold('', words, environment).ended;

/** The same, with something on its standard input. */
export async function onedoorTold(input: string, ...words: readonly string[]): Promise<Ended> {
  return startTold(input, words).ended;
}

export const start = (...words: readonly string[]): Started => startTold('', words);

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function startTold(input: string, words: readonly string[], settings: Environment = {}): Started {
  // The settings of whoever runs the tests are none of the command's.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONEDOOR_')));
  const child = spawn(process.execPath, [MAIN, ...words], { env: { ...inherited, ...settings }, stdio: ['pipe', 'pipe', 'pipe'] });
  // Whoever ends without reading it is none the worse.
  child.stdin.on('error', () => undefined).end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr })) };
}

/** The one JSON document on standard output; anything beside it fails the parse. */
export const json = <Document>(...words: readonly string[]): Promise<Document> => jsonIn<Document>({}, ...words);

/** The same, with settings of its own. */
export async function jsonIn<Document>(environment: Environment, ...words: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await onedoorIn(environment, ...words, '--json');
  if (code !== 0) throw new Error(`onedoor ${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Document;
}
