import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The compiled product. */
export const STANDALONE = join(import.meta.dirname, '../../standalone/dist/main.js');
const START_LIMIT_MS = 60_000;

/** The token of the operator of every such process, and how a trial asks for what is theirs. */
export const OPERATOR_TOKEN = 'o'.repeat(40);
export const OPERATOR_HEADERS = { authorization: `Bearer ${OPERATOR_TOKEN}` } as const;

/** They end with this process, however it ends by itself. */
const RUNNING = new Set<ChildProcess>();
process.on('exit', () => RUNNING.forEach((child) => child.kill('SIGKILL')));

/** What a process may be besides the product as it is. */
interface ProcessOptions {
  readonly program?: string;
  /** A command that runs the process under a limit, such as `prlimit`. */
  readonly under?: readonly string[];
  /** Whether standard error is kept, to be asked for, instead of being shown. */
  readonly keepsErrors?: boolean;
}

/** A compiled server as a process, to be put under load and killed. */
export class ServerProcess {
  private child: ChildProcess | null = null;
  private kept = '';
  private hasSaidThatItIsOpen = false;

  /** `env` is the whole environment of the process, but for the operator's token. */
  constructor(
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly options: ProcessOptions = {},
  ) {}

  /** What the process that was launched last wrote to standard error, where that is kept. */
  get errors(): string {
    return this.kept;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts the process and resolves once it answers `/healthz`. */
  async start(): Promise<void> {
    this.launch();
    await this.untilOpen();
  }

  /** Starts the process and does not wait. */
  launch(): void {
    const { program = STANDALONE, under = [], keepsErrors = false } = this.options;
    const [command = process.execPath, ...words] = [...under, process.execPath, '--disable-warning=TimeoutNegativeWarning', program];
    const child = spawn(command, words, {
      env: { ONEDOOR_OPERATOR_TOKEN: OPERATOR_TOKEN, ...this.env },
      stdio: ['ignore', 'pipe', keepsErrors ? 'pipe' : 'inherit'],
    });
    this.kept = '';
    this.hasSaidThatItIsOpen = false;
    child.stdout?.on('data', () => (this.hasSaidThatItIsOpen ||= this.child === child));
    child.stderr?.on('data', (bytes: Buffer) => (this.kept += bytes.toString()));
    this.child = child;
    RUNNING.add(child);
    child.once('exit', () => RUNNING.delete(child));
  }

  /**
   * Resolves once the process has said that it is open and answers `/healthz`; rejects where it has ended instead. What answers before it
   * said so is another process, which was given the same port meanwhile.
   */
  async untilOpen(): Promise<void> {
    const deadline = performance.now() + START_LIMIT_MS;
    while (performance.now() < deadline) {
      const { exitCode = null, signalCode = null } = this.child ?? {};
      if (exitCode !== null || signalCode !== null) throw new Error(`The server ended with ${exitCode ?? signalCode} instead of starting`);
      const answered = await fetch(`${this.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered && this.hasSaidThatItIsOpen) return;
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

  /** SIGSTOP: the files are as a kill would leave them, and the process can go on. */
  hang(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  private end(signal: NodeJS.Signals): Promise<void> {
    return endProcess(this.child, signal);
  }
}

/** Sends a signal and resolves once the process has ended; at once where it has ended already. */
export async function endProcess(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** A port on which no process listens now. */
export function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
