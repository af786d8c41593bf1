import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Nodes } from './nodes.js';

const GONE_WITHIN_MS = 30_000;
const LISTENS_WITHIN_MS = 60_000;
const LOOK_MS = 20;
/** A node listens before it has joined its cluster: were another one ended at once, there would be no majority to elect a leader. */
const JOINS_WITHIN_MS = 3_000;
const FORM = /^(\d+)=(.+)$/s;
const HOSTS = /^esdb(?:\+discover)?:\/\/(?:[^@/?]*@)?([^@/?]+)/;
const DEFAULT_PORT = 2113;

/** A running server, and the command that restarts it. */
interface NamedNode {
  readonly pid: number;
  readonly command: string;
}

/** Parses `PID=START COMMAND`; null where the text has another form. */
export function namedNodeOf(text: string): NamedNode | null {
  const [, pid, command] = FORM.exec(text) ?? [];
  return pid === undefined || command === undefined || Number(pid) < 2 ? null : { pid: Number(pid), command };
}

interface State {
  readonly command: string;
  /** The target of signals: a process, or as a negative number the process group of the start command. */
  target: number;
  condition: 'up' | 'hung' | 'down';
}

/**
 * Servers named on the command line. The first signals go to the named process. Its start command runs in a detached shell, and from then
 * on signals go to the whole process group: the shell, the server, and all other processes of the command. So the server must stay in the
 * group: no `setsid`, no service manager, no `docker run`.
 */
export class NamedNodes implements Nodes {
  readonly title = 'named nodes';
  private readonly states: readonly State[];

  constructor(
    readonly url: string,
    nodes: readonly NamedNode[],
  ) {
    this.states = nodes.map(({ pid, command }) => ({ command, target: pid, condition: 'up' }));
  }

  get count(): number {
    return this.states.length;
  }

  /** Which of several nodes leads is unknown. */
  leader(): Promise<number | null> {
    return Promise.resolve(this.count === 1 ? 0 : null);
  }

  kill(node: number): Promise<void> {
    return this.end(node, 'SIGKILL');
  }

  stop(node: number): Promise<void> {
    return this.end(node, 'SIGTERM');
  }

  async start(node: number): Promise<void> {
    restart(this.at(node));
    for (const { host, port } of endpointsOf(this.url)) await untilListening(host, port);
    if (this.count > 1) await pause(JOINS_WITHIN_MS);
  }

  async hang(node: number): Promise<void> {
    const state = this.at(node);
    process.kill(state.target, 'SIGSTOP');
    state.condition = 'hung';
  }

  async resume(node: number): Promise<void> {
    resumeNow(this.at(node));
  }

  /** Leaves all servers running, as they were found. */
  async close(): Promise<void> {
    this.closeNow();
  }

  closeNow(): void {
    for (const state of this.states) {
      if (state.condition === 'hung') resumeNow(state);
      if (state.condition === 'down') restart(state);
    }
  }

  private at(node: number): State {
    const state = this.states[node];
    if (state === undefined) throw new Error(`There is no node ${node}`);
    return state;
  }

  private async end(node: number, signal: NodeJS.Signals): Promise<void> {
    const state = this.at(node);
    process.kill(state.target, signal);
    state.condition = 'down';
    const deadlineMs = performance.now() + GONE_WITHIN_MS;
    while (isAlive(state.target)) {
      if (performance.now() > deadlineMs) throw new Error(`The node ${node} (${state.target}) does not end by ${signal}`);
      await pause(LOOK_MS);
    }
  }
}

/** The hosts and ports of a connection string. */
export function endpointsOf(url: string): readonly { readonly host: string; readonly port: number }[] {
  const [, hosts = ''] = HOSTS.exec(url) ?? [];
  return hosts.split(',').map((text) => {
    const [host = '', port = DEFAULT_PORT] = text.split(':');
    return { host, port: Number(port) };
  });
}

async function untilListening(host: string, port: number): Promise<void> {
  const deadlineMs = performance.now() + LISTENS_WITHIN_MS;
  while (!(await accepts(host, port))) {
    if (performance.now() > deadlineMs) throw new Error(`No node listens at ${host}:${port} again: does its start command work?`);
    await pause(LOOK_MS);
  }
}

function restart(state: State): void {
  const shell = spawn(state.command, { shell: true, detached: true, stdio: 'ignore' });
  shell.unref();
  if (shell.pid === undefined) throw new Error(`A start command cannot be run: ${state.command}`);
  // The detached shell leads a new process group, which contains all processes that it starts.
  state.target = -shell.pid;
  state.condition = 'up';
}

function resumeNow(state: State): void {
  process.kill(state.target, 'SIGCONT');
  state.condition = 'up';
}

function isAlive(target: number): boolean {
  try {
    process.kill(target, 0);
    return true;
  } catch {
    return false;
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, host);
    const end = (isAccepted: boolean): void => {
      socket.destroy();
      answer(isAccepted);
    };
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}
