import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The compiled product. */
export const STANDALONE = join(import.meta.dirname, '../../standalone/dist/main.js');
const START_LIMIT_MS = 60_000;

/** A compiled server as a process of its own, to be put under load and killed. */
export class ServerProcess {
  private child: ChildProcess | null = null;

  /** The program gets these settings and nothing else of our environment. */
  constructor(
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly program = STANDALONE,
  ) {}

  /** Starts it and resolves once it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', this.program], {
      env: this.env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.child = child;
    const deadline = performance.now() + START_LIMIT_MS;
    while (performance.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} instead of starting`);
      const answered = await fetch(`${this.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('The server did not answer in time');
  }

  /** SIGKILL: nothing is flushed, nothing is closed. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
