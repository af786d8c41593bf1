import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

const DOUBLES = join(import.meta.dirname, '../../../libs/testkit/dist/doubles');

interface Running {
  readonly child: ChildProcess;
  readonly input: Writable;
  readonly lines: Interface;
}

/** A double as a process of its own. It can be killed, stopped and hung as the server for which it stands, and started again. */
export class DoubleProcess {
  private running: Running | null = null;

  /** `options` are those of the double's program. */
  constructor(
    readonly name: 'eventstoredb' | 'mongodb',
    private readonly options: readonly string[],
  ) {}

  /** Starts it and answers its first line, where it listens. Throws where it ends instead. */
  async start(): Promise<string> {
    const program = join(DOUBLES, this.name, 'main.js');
    const child = spawn(process.execPath, ['--max-old-space-size=8192', program, ...this.options], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdin, stdout } = child as { readonly stdin: Writable; readonly stdout: Readable };
    // What is written to a process that was just killed is lost.
    stdin.on('error', () => undefined);
    this.running = { child, input: stdin, lines: createInterface({ input: stdout }) };
    return this.line();
  }

  /** SIGKILL: nothing is flushed, nothing is closed. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** SIGTERM, and resolves when it has ended by itself. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** SIGSTOP: it accepts connections, as the kernel does that for it, and answers nothing. */
  hang(): void {
    this.running?.child.kill('SIGSTOP');
  }

  resume(): void {
    this.running?.child.kill('SIGCONT');
  }

  /** Writes a line to its standard input and answers the next one of its standard output. One at a time. */
  ask(command: string): Promise<string> {
    const answer = this.line();
    this.running?.input.write(`${command}\n`);
    return answer;
  }

  /** Ends it at once, hung or not, and waits for nothing: for the end of this process. */
  endNow(): void {
    this.running?.child.kill('SIGKILL');
  }

  private async line(): Promise<string> {
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

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.running?.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
