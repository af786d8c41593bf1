import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Trial, TrialResult } from './trial.js';

const PAGE = join(import.meta.dirname, '../../../../docs/reliability.md');
const BEGIN = '<!-- trials: written by npm run faults -- --write -->';
const END = '<!-- end of trials -->';

interface Report {
  readonly seed: number;
  readonly quick: boolean;
  readonly seconds: number;
}

/** Writes what was found into docs/reliability.md, between its marks; the text around them stays. */
export function writeReliabilityPage(report: Report, found: readonly (readonly [Trial, TrialResult])[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (before === undefined || after === undefined) throw new Error(`${PAGE} lacks the marks around its table`);
  const date = new Date().toISOString().slice(0, 10);
  const length = report.quick ? ', quick' : '';
  const told = `Run on ${date} with seed ${report.seed}${length}: ${report.seconds} s with Node ${process.version} on ${cpus().length} cores.`;
  const rows = found.map(([{ name, what }, { faults, acknowledged, lost, doubled, unnamed, wrong, skipped }]) =>
    [name, what, faults, acknowledged, lost, doubled, unnamed, wrong, skipped.length].join(' | '),
  );
  const table = [
    '| trial | what it does | faults | acknowledged | lost | doubled | unnamed | wrong | skipped |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ];
  const details = found.flatMap(([{ name }, { problems, skipped }]) => [
    ...problems.map((line) => `- ${name}: ${line}`),
    ...skipped.map((line) => `- ${name}, skipped: ${line}`),
  ]);
  const parts = [told, '', ...table, ...(details.length > 0 ? ['', ...details] : [])];
  writeFileSync(PAGE, [before.trimEnd(), '', BEGIN, ...parts, END, '', after.trimStart()].join('\n'));
}
