import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printResult, say } from '../report.js';
import { ClusterDouble } from './nodes/cluster-double.js';
import { namedNodeOf, NamedNodes } from './nodes/named-nodes.js';
import type { Nodes } from './nodes/nodes.js';
import { SingleDouble } from './nodes/single-double.js';
import { planOf } from './plan.js';
import { isSound, summaryOf, type StageResult } from './result.js';
import { runStage } from './stage.js';

/**
 * `npm run chaos:log`: writers, readers and followers on a log whose nodes are killed, stopped and hung. All answers, and finally the log
 * itself, are compared with the trial's own ledger. Runs on doubles, first one node, then a cluster of three; or on the servers that
 * `--url` and `--node` name.
 */
const USAGE = `npm run -s chaos:log -- [options]
  --json                      exactly one JSON object on standard output
  --faults N                  how many faults, of all stages (60 on doubles, 40 on named nodes)
  --seconds N                 each stage lasts at least so long
  --seed N                    repeats the plan of an earlier run, which printed its seed
  --url URL                   a server of your own instead of doubles, as EVENTSTORE_URL names it
  --node 'PID=START COMMAND'  a node of it: it gets the signals, and is started again by the command; once for each node`;

const values = settings();
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit();
}

const DEFAULT_FAULTS = 60;
const DEFAULT_FAULTS_NAMED = 40;
/** The share of the faults on doubles that the single node gets. */
const SHARE_OF_SINGLE = 2 / 3;
const SEED_MAX = 1_000_000;

const named = values.node.map((text) => namedNodeOf(text) ?? refuse(`--node has not the form 'PID=START COMMAND': ${text}`));
if (named.length > 0 && values.url === undefined) refuse('--node names a server that --url must lead to');
const defaultFaults = values.url === undefined ? DEFAULT_FAULTS : named.length > 0 ? DEFAULT_FAULTS_NAMED : 0;
const faults = numberOf('faults', values.faults ?? String(defaultFaults));
const leastMs = numberOf('seconds', values.seconds) * 1_000;
const seed = numberOf('seed', values.seed ?? String(Math.floor(Math.random() * SEED_MAX)));
if (values.url !== undefined && named.length === 0 && faults > 0) refuse('--faults needs a --node to which they are done');

const folder = mkdtempSync(join(tmpdir(), 'onedoor-chaos-log-'));
const running = new Set<Nodes>();
process.on('exit', () => {
  for (const nodes of running) nodes.closeNow();
  rmSync(folder, { recursive: true, force: true });
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.once(signal, () => process.exit(code));

say(`seed ${seed}: --seed ${seed} repeats the plan of faults`);
const stages: StageResult[] = [];
if (values.url === undefined) {
  const onSingle = Math.ceil(faults * SHARE_OF_SINGLE);
  await stage(await SingleDouble.start(folder), onSingle, true);
  await stage(await ClusterDouble.start(folder), faults - onSingle, false);
} else await stage(new NamedNodes(values.url, named), faults, true);

const summary = summaryOf(stages, seed);
printResult(summary, values.json);
process.exitCode = stages.every(isSound) && summary.faults >= faults ? 0 : 1;

async function stage(nodes: Nodes, count: number, hasLongHangs: boolean): Promise<void> {
  running.add(nodes);
  stages.push(await runStage({ nodes, plan: planOf({ faults: count, seed, hasLongHangs }), leastMs, say }));
  await nodes.close();
  running.delete(nodes);
}

function settings() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        node: { type: 'string', multiple: true, default: [] },
        faults: { type: 'string' },
        seconds: { type: 'string', default: '0' },
        seed: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return refuse(`${(error as Error).message}\n${USAGE}`);
  }
}

function numberOf(option: string, text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse(`--${option} is no whole number: ${text}`);
}

function refuse(message: string): never {
  say(message);
  process.exit(2);
}
