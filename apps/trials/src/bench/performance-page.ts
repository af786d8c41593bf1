import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from './measurement.js';

const PAGE = join(import.meta.dirname, '../../../../docs/performance.md');
const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- end of figures -->';

/** Writes the figures into docs/performance.md, between their marks; the text around them stays. */
export function writePerformancePage(measured: readonly Measurement[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [, after] = (rest ?? '').split(END);
  if (before === undefined || after === undefined) throw new Error(`${PAGE} lacks the marks around its figures`);
  const rows = measured.map(({ row, metric, value, floor, ratio, goal, met }) =>
    [row, metric, value, floor ?? '', ratio ?? '', goal ?? '', met === null ? '' : met ? 'yes' : '**no**'].join(' | '),
  );
  const date = new Date().toISOString().slice(0, 10);
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  const machine = `Measured on ${date} with Node ${process.version} on ${cpus().length} cores (${model}).`;
  const table = [
    '| row | metric | value | floor | ratio | goal | met |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ];
  writeFileSync(PAGE, [before.trimEnd(), '', BEGIN, machine, '', ...table, END, after.trimStart()].join('\n'));
}
