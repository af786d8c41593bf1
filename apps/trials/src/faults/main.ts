import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printResult, say } from '../report.js';
import { seededRandom } from '../seeded-random.js';
import { CLOCK_STEPS } from './clock-steps.js';
import { DAMAGE } from './damage.js';
import { FULL_DISK } from './full-disk.js';
import { KILLS } from './kills.js';
import { writeReliabilityPage } from './reliability-page.js';
import { SOCKETS } from './sockets.js';
import { Tally, totalsOf, type Trial, type TrialResult } from './trial.js';

/**
 * `npm run faults`: the compiled product as a process, under each kind of fault in turn, with a ledger of its own of what was acknowledged.
 * Ends with 1 where anything was lost, doubled, not named or answered wrongly.
 */
const TRIALS: readonly Trial[] = [KILLS, CLOCK_STEPS, FULL_DISK, SOCKETS, DAMAGE];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    seed: { type: 'string' },
    trial: { type: 'string', multiple: true },
  },
});

/** No further fault is begun after so long, so that what is under way ends within ten minutes. */
const QUICK_MS = 480_000;
const LONG_MS = 3 * 3_600_000;

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);
const chosen = TRIALS.filter(({ name }) => values.trial?.includes(name) ?? true);
if (!Number.isSafeInteger(seed) || chosen.length < (values.trial?.length ?? 1)) {
  say(`--seed takes a whole number, --trial one of ${TRIALS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
say(`seed ${seed}`);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
const root = mkdtempSync(join(tmpdir(), 'onedoor-faults-'));
const startedMs = performance.now();
const passedMs = (): number => performance.now() - startedMs;
const results = new Map<Trial, TrialResult>();
for (const trial of chosen) {
  const folder = join(root, trial.name);
  mkdirSync(folder);
  const tell = (line: string): void => say(`${trial.name}: ${line}`);
  const tally = new Tally(tell);
  const run = {
    isQuick: values.quick,
    // Of the trial's own, so that one of them alone repeats what it did among all.
    random: seededRandom(seed + TRIALS.indexOf(trial)),
    folder,
    hasTime: () => passedMs() < (values.quick ? QUICK_MS : LONG_MS),
    say: tell,
  };
  // What breaks a trial off is a finding: the others go on.
  await trial.run(run, tally).catch((error: unknown) => tally.found('wrong', `the trial was broken off: ${String(error)}`));
  results.set(trial, tally.result);
  tell(`${tally.result.faults} faults, ${tally.result.acknowledged} acknowledged`);
  if (tally.result.problems.length === 0) rmSync(folder, { recursive: true, force: true });
  else tell(`the folder is kept: ${folder}`);
}
if (readdirSync(root).length === 0) rmdirSync(root);

const { isSound, ...totals } = totalsOf([...results.values()]);
const result = {
  seed,
  quick: values.quick,
  seconds: Math.round(passedMs() / 1_000),
  ...totals,
  trials: Object.fromEntries([...results].map(([{ name }, found]) => [name, found])),
};
if (values.write) writeReliabilityPage(result, [...results]);
printResult(result, values.json);
process.exitCode = isSound ? 0 : 1;
// What a trial that was broken off left behind would go on.
process.exit();
