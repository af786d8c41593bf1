// `npm test`: sets up, then runs every check there is. Its last line is the true sum of them all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, NODE, programOf, ROOT } from './set-up.mjs';
import { resultIn, tallyOf } from './tally.mjs';

install();
build();

const scratch = mkdtempSync(join(tmpdir(), 'onedoor-test-'));
const sum = { passed: 0, failed: 0, skipped: 0 };

check('typecheck', [programOf('@typescript/native', 'tsc'), '-p', 'tsconfig.json']);
check('format', [programOf('prettier'), '--check', '--log-level', 'warn', '.']);
check('lint', [programOf('eslint'), '.', '--max-warnings', '0']);
tests();

rmSync(scratch, { recursive: true, force: true });
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;

/** A tool that passes or fails as a whole counts as one check. */
function check(name, options) {
  const started = Date.now();
  const isPassed = run(options).status === 0;
  sum[isPassed ? 'passed' : 'failed'] += 1;
  console.log(`${name}: ${isPassed ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1_000).toFixed(1)} s`);
}

/** Unit, contract and end-to-end specs of all workspaces, in one run. */
function tests() {
  const report = join(scratch, 'jest.json');
  const jest = [
    programOf('jest'),
    '--workerThreads=false',
    '--maxWorkers=2',
    '--testTimeout=60000',
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ];
  run(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], ['ignore', 'ignore', 'inherit']);
  const { lines, ...counts } = tallyOf('tests', resultIn(report));
  for (const line of lines) console.log(line);
  for (const [name, number] of Object.entries(counts)) sum[name] += number;
}

function run(options, stdio = ['ignore', 'inherit', 'inherit']) {
  return spawnSync(NODE, options, { cwd: ROOT, stdio, env: { ...process.env, NX_DAEMON: 'false' }, shell: process.platform === 'win32' });
}
