import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process that runs the sources and writes lines to its output. */
export interface Child {
  readonly pid: number;
  nextLine(): Promise<string>;
  /** The lines that were not read yet; resolves when the process has ended. */
  rest(): Promise<readonly string[]>;
  /** SIGKILL, so that the process cannot clean up. */
  kill(): void;
}

/** Runs a script. `within`: a program and its options that run it, as `prlimit` does. */
export function startChild(script: string, parameters: readonly string[], within: readonly string[] = []): Child {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const options = [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=TimeoutNegativeWarning',
    '--conditions=@onedoor/source',
    '--import',
    path('./source-loader.mjs'),
  ];
  const [program = process.execPath, ...words] = [...within, process.execPath, ...options, path(script), ...parameters];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    pid: child.pid ?? 0,
    nextLine: async () => String((await lines.next()).value),
    rest: async () => {
      await ended;
      const said: string[] = [];
      for (let line = await lines.next(); !line.done; line = await lines.next()) said.push(line.value);
      return said;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
