import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { endProcess } from './server-process.js';

const DOUBLES = join(import.meta.dirname, '../../../libs/testkit/dist/doubles');

interface Running {
  readonly child: ChildProcess;
  readonly input: Writable;
  readonly lines: Interface;
}

/** A double as a process. It can be killed, stopped, hung and started again, like the server it replaces. */
export class DoubleProcess {
  private running: Running | null = null;

  /** `options` are the arguments of the double's program. */
  constructor(
    readonly name: 'eventstoredb' | 'mongodb',
    private readonly options: readonly string[],
  ) {}

  /** Starts the process and returns its first line, the address. Throws where the process ends instead. */
  async start(): Promise<string> {
    const program = join(DOUBLES, this.name, 'main.js');
    const child = spawn(process.execPath, ['--max-old-space-size=8192', program, ...this.options], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = child as { readonly stdin: Writable; readonly stdout: Readable };
    // Writing to a process that was just killed is no error.
    stdin.on('error', () => undefined);
    this.running = { child, input: stdin, lines: createInterface({ input: stdout }) };
    return this.nextLine();
  }

  /** SIGKILL: nothing is flushed, nothing is closed. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** SIGTERM; resolves when the process has ended. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** SIGSTOP: the kernel accepts connections for the process, and nothing is answered. */
  hang(): void {
    this.running?.child.kill('SIGSTOP');
  }

  resume(): void {
    this.running?.child.kill('SIGCONT');
  }

  /** Writes a line to standard input and returns the next line of standard output. One call at a time. */
  ask(command: string): Promise<string> {
    const answer = this.nextLine();
    this.running?.input.write(`${command}\n`);
    return answer;
  }

  /** Kills the process without waiting, hung or not: for the end of this process. */
  endNow(): void {
    this.running?.child.kill('SIGKILL');
  }

  private async nextLine(): Promise<string> {
    if (this.running === null) throw new Error(`The double of ${this.name} does not run`);
    const { child, lines } = this.running;
    const waiting = new AbortController();
    try {
      const ended = once(child, 'exit', waiting).then(([code]) =>
        Promise.reject(new Error(`The double of ${this.name} ended with ${code}`)),
      );
      const [line] = (await Promise.race([once(lines, 'line', waiting), ended])) as [string];
      return line;
    } finally {
      waiting.abort();
    }
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    return endProcess(this.running?.child ?? null, signal);
  }
}
