// `npm run test:engines`: runs what needs a real Kafka, MongoDB or EventStoreDB. KAFKA_BROKERS, MONGO_URL and EVENTSTORE_URL name engines
// that run already; one that is not named is started where this machine has the tools, and reported as skipped where it has not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINES, fetchEngine, missingTools, startEngine, stopEngine } from './engines.mjs';
import { build, install, NODE, programOf, ROOT } from './set-up.mjs';
import { resultIn, tallyOf } from './tally.mjs';

/**
 * The specs of each engine, and the variable that names a running one. EventStoreDB cannot be fetched as a library. The specs of its
 * double run on the server too, because both must give the same answers.
 */
const SUITES = [
  { title: 'Kafka', engine: 'kafka', variable: 'KAFKA_BROKERS', specs: 'adapters/src/kafka/|trials/test/department-consumer' },
  { title: 'MongoDB', engine: 'mongodb', variable: 'MONGO_URL', specs: 'adapters/src/mongo/' },
  {
    title: 'EventStoreDB',
    engine: null,
    variable: 'EVENTSTORE_URL',
    specs: 'adapters/src/eventstoredb/|testkit/src/doubles/eventstoredb/',
  },
];

const SUITE_WITHIN_MS = 600_000;

install();
build();

const scratch = mkdtempSync(join(tmpdir(), 'onedoor-engines-'));
const sum = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env, ONEDOOR_TEST: 'engines', ONEDOOR_ENGINES: scratch };
try {
  for (const suite of SUITES) await run(suite);
  product();
} finally {
  for (const name of Object.keys(ENGINES))
    for (const folder of [scratch, join(scratch, 'failing')]) await stopEngine(name, folder, 'SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;

async function run({ title, engine, variable, specs }) {
  const url = env[variable] ?? (await start(title, engine, variable));
  if (url === null) return;
  env[variable] = url;
  jest(title, specs);
}

/** Runs the specs of the product on the engines that are available: a process a service, a department's own consumer, an import. */
function product() {
  if (env.KAFKA_BROKERS === undefined) {
    sum.skipped += 1;
    console.log('skipped: the product on real engines: there is no Kafka');
    return;
  }
  const standIn = (variable) => (env[variable] === undefined ? 'a double' : 'real');
  console.log(`the product: Kafka real, MongoDB ${standIn('MONGO_URL')}, EventStoreDB ${standIn('EVENTSTORE_URL')}`);
  jest('the product', 'apps/');
}

function jest(title, specs) {
  const report = join(scratch, `${title}.json`);
  const options = ['--testPathPatterns', specs, '--runInBand', '--testTimeout=120000', '--json', `--outputFile=${report}`];
  const node = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=TimeoutNegativeWarning',
    programOf('jest'),
    ...options,
  ];
  spawnSync(NODE, node, {
    cwd: ROOT,
    timeout: SUITE_WITHIN_MS,
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
    shell: process.platform === 'win32',
  });
  count(tallyOf(title, resultIn(report)));
}

function count({ lines, ...counts }) {
  for (const line of lines) console.log(line);
  for (const [name, number] of Object.entries(counts)) sum[name] += number;
}

/** The URL of a started engine; null where it is not available here, which is printed and counts as one skipped check. */
async function start(title, engine, variable) {
  const obstacle = obstacleTo(engine);
  if (obstacle !== null) {
    sum.skipped += 1;
    console.log(`skipped: ${title}: ${obstacle} here, and ${variable} is not set`);
    return null;
  }
  try {
    const url = await startEngine(engine, scratch);
    console.log(`${title}: ${ENGINES[engine].title} at ${url}`);
    return url;
  } catch (error) {
    sum.failed += 1;
    console.log(`${title}: FAILED to start: ${error.message}`);
    return null;
  }
}

function obstacleTo(engine) {
  if (engine === null) return 'nothing to start it from';
  const missing = missingTools(engine);
  if (missing.length > 0) return `no ${missing.join(' and no ')}`;
  try {
    fetchEngine(engine);
    return null;
  } catch (error) {
    return `it could not be fetched (${error.message.split('\n').slice(0, 3).join('; ')})`;
  }
}
