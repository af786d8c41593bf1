import { parseArgs } from 'node:util';
import type { Measurement } from './measurement.js';
import { append } from './rows/append.js';
import { growth } from './rows/growth.js';
import { latency } from './rows/latency.js';
import { intake } from './rows/intake.js';
import { log } from './rows/log.js';
import { rebuild } from './rows/rebuild.js';
import { replay } from './rows/replay.js';
import { ticker } from './rows/ticker.js';
import { writePerformancePage } from './performance-page.js';

/** The rows of `npm run bench [row…]`. Each measures its floor in the same run. */
const ROWS: Readonly<Record<string, (environment: NodeJS.ProcessEnv) => Promise<readonly Measurement[]>>> = {
  intake,
  append,
  growth,
  ticker,
  rebuild,
  replay,
  latency,
  log,
};
/** The group by which a row is measured together with others. */
const GROUPS: Readonly<Record<string, string>> = {
  'append-1': 'append',
  'append-16': 'append',
  'log-append-1': 'log',
  'log-append-16': 'log',
  'log-follow': 'log',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const chosen = positionals.length === 0 ? Object.keys(ROWS) : [...new Set(positionals.map((row) => GROUPS[row] ?? row))];
const unknown = chosen.filter((row) => !(row in ROWS));
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}; there are ${[...Object.keys(ROWS), ...Object.keys(GROUPS)].join(', ')}\n`);
  process.exit(1);
}

const measured: Measurement[] = [];
for (const row of chosen) {
  process.stderr.write(`${row} …\n`);
  measured.push(...((await ROWS[row]?.(process.env)) ?? []));
}
const shown = measured.filter(
  ({ row }) => positionals.length === 0 || positionals.includes(row) || positionals.some((name) => GROUPS[row] === name),
);
process.stdout.write(values.json ? `${JSON.stringify(shown)}\n` : `${shown.map(lineOf).join('\n')}\n`);
if (values.write) writePerformancePage(measured);

function lineOf({ row, metric, value, floor, ratio, goal, met }: Measurement): string {
  const beside = floor === null ? '' : `, floor ${floor}, ratio ${ratio}`;
  const judged = goal === null ? '' : `, goal ${goal}: ${met ? 'met' : 'MISSED'}`;
  return `${row}: ${metric} ${value}${beside}${judged}`;
}
