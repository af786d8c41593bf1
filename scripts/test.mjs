// `npm test`: sets up, then runs every check there is. Its last line is the true sum of them all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, NODE, programOf, ROOT } from './set-up.mjs';

install();
build();

const scratch = mkdtempSync(join(tmpdir(), 'onedoor-test-'));
const sum = { passed: 0, failed: 0, skipped: 0 };

check('typecheck', [programOf('@typescript/native', 'tsc'), '-p', 'tsconfig.json']);
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
  const jest = [programOf('jest'), '--workerThreads=false', '--maxWorkers=2', '--testTimeout=60000', '--json', `--outputFile=${report}`, ...process.argv.slice(2)];
  run(['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], ['ignore', 'ignore', 'inherit']);
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    sum.failed += 1;
    console.log('jest: FAILED before it could report');
    return;
  }
  for (const suite of result.testResults) for (const test of suite.assertionResults.filter(({ status }) => status === 'pending')) console.log(`skipped: ${test.fullName}`);
  sum.passed += result.numPassedTests;
  sum.skipped += result.numPendingTests + result.numTodoTests;
  // A suite that can't even load has no tests to fail, so it counts itself.
  sum.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
}

function run(options, stdio = ['ignore', 'inherit', 'inherit']) {
  return spawnSync(NODE, options, { cwd: ROOT, stdio, env: { ...process.env, NX_DAEMON: 'false' }, shell: process.platform === 'win32' });
}
