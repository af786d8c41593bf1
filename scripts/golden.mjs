// `npm run golden`: writes golden files for event shapes that have none, as the deciders write them today; it never changes one.
import { spawnSync } from 'node:child_process';
import { install, NODE, programOf, ROOT } from './set-up.mjs';

install();
const jest = [
  programOf('jest'),
  '--workerThreads=false',
  '--maxWorkers=2',
  '--testNamePattern=golden files',
  '--globals={"WRITE_GOLDEN":true}',
  ...process.argv.slice(2),
];
const { status } = spawnSync(NODE, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', ...jest], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
