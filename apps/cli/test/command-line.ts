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

/** Runs the compiled command line as a process. */
export async function onedoor(...words: readonly string[]): Promise<Ended> {
  return start(...words).ended;
}

/** The same, with these settings in its environment. */
export const onedoorIn = (environment: Environment, ...words: readonly string[]): Promise<Ended> => startWith('', words, environment).ended;

/** The same, with this text on its standard input. */
export async function onedoorWith(input: string, ...words: readonly string[]): Promise<Ended> {
  return startWith(input, words).ended;
}

export const start = (...words: readonly string[]): Started => startWith('', words);

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function startWith(input: string, words: readonly string[], settings: Environment = {}): Started {
  // The command does not inherit the settings of the shell that runs the tests.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ONEDOOR_')));
  const child = spawn(process.execPath, [MAIN, ...words], { env: { ...inherited, ...settings }, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command may end without reading its standard input.
  child.stdin.on('error', () => undefined).end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr })) };
}

/** The JSON document on standard output; any other output fails the parse. */
export const json = <Document>(...words: readonly string[]): Promise<Document> => jsonIn<Document>({}, ...words);

/** The same, with these settings in the environment. */
export async function jsonIn<Document>(environment: Environment, ...words: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await onedoorIn(environment, ...words, '--json');
  if (code !== 0) throw new Error(`onedoor ${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Document;
}
