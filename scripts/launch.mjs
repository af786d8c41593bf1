// Installs and builds what is missing or stale, runs a compiled program on the Node of node_modules, passes signals on to it, and exits
// with its code.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, install, NODE, ROOT } from './set-up.mjs';

/** How often is looked whether npm's shell is still there. */
const SHELL_EACH_MS = 500;

const NODE_OPTIONS = ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning'];

/** `nodeOptions`: what this program asks of Node besides what all of them do. */
export function launch(program, options, { env = {}, nodeOptions = [] } = {}) {
  install();
  build();
  const folder = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(NODE, [...NODE_OPTIONS, ...nodeOptions, join(ROOT, program), ...options], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm passes a signal on to the shell between them, and the shell to no program: when it is gone, the program is told as well.
  const shell = process.ppid;
  const ofNpm = process.env.npm_lifecycle_event !== undefined;
  if (ofNpm) setInterval(() => process.ppid !== shell && child.kill('SIGTERM'), SHELL_EACH_MS).unref();
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1);
  });
}
