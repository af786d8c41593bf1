// Runs on the Node of the machine, before node_modules exists: installs and builds what is missing or stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
/** The oldest major version that can run these scripts, and the oldest version that can run the product. */
const FLOOR = 20;
const RUNTIME_FLOOR = [24, 9];
const STAMP = join(ROOT, 'node_modules', '.onedoor-build');

/** The Node of node_modules, on which everything but these scripts runs. */
export const NODE = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Prints the problem and its remedy, and ends the process. Set-up prints to standard error only: standard output is the command's. */
export function stop(...lines) {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

export function install() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < FLOOR)
    stop(`OneDoor needs Node ${FLOOR} or newer to start itself; this is ${process.version}. Install a newer one from https://nodejs.org.`);
  if (isFresh()) return;
  process.stderr.write('OneDoor: installing (once, a minute or two)\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The installation failed: the lines above say why.');
  checkRuntime();
}

/** Compiles the workspaces that changed since their last build; prints nothing where there are none. */
export function build() {
  const newest = newestSource();
  if (existsSync(STAMP) && Number(readFileSync(STAMP, 'utf8')) === newest) return;
  run(NODE, [programOf('nx'), 'run-many', '-t', 'build', '--outputStyle=static'], 'The build failed: the lines above say why.', true);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, String(newest));
}

/** The script of a command of an installed package, as its package.json names it: the same on every platform. */
export function programOf(name, command = name) {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

function isFresh() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  return existsSync(installed) && existsSync(NODE) && statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs;
}

function checkRuntime() {
  const found = spawnSync(NODE, ['-p', 'process.versions.node'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const [major = 0, minor = 0] = (found.stdout ?? '').split('.').map(Number);
  const isEnough = major > RUNTIME_FLOOR[0] || (major === RUNTIME_FLOOR[0] && minor >= RUNTIME_FLOOR[1]);
  if (!isEnough)
    stop(
      `OneDoor runs on Node ${RUNTIME_FLOOR.join('.')} or newer. ` +
        'npm brings one for Linux, macOS and Windows (x64, and arm64 but for Windows), ' +
        `but found ${found.stdout?.trim() || 'none'} on ${process.platform} ${process.arch}.`,
    );
}

function run(command, options, failure, isQuiet = false) {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    PATH: `${join(ROOT, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  };
  // File descriptor 2: the child's standard output goes to our standard error.
  const done = spawnSync(command, options, {
    cwd: ROOT,
    env,
    stdio: ['ignore', isQuiet ? 'pipe' : 2, isQuiet ? 'pipe' : 2],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  });
  if (done.status === 0) return;
  stop(...[done.stdout, done.stderr, done.error?.message, failure].filter(Boolean));
}

/** The newest modification time of the build's inputs, folders included, so that a deleted file counts too. */
function newestSource() {
  let newest = Math.max(...['.swcrc', 'nx.json', 'package-lock.json'].map((file) => statSync(join(ROOT, file)).mtimeMs));
  const visit = (folder) => {
    newest = Math.max(newest, statSync(folder).mtimeMs);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else newest = Math.max(newest, statSync(path).mtimeMs);
    }
  };
  for (const group of ['apps', 'libs']) {
    for (const project of readdirSync(join(ROOT, group))) {
      const source = join(ROOT, group, project, 'src');
      if (existsSync(source)) visit(source);
    }
  }
  return newest;
}
