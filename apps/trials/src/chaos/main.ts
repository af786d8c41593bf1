import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMO_INTAKE, demoProcess, secondsToMidnight } from '../demo-process.js';
import { printResult, say } from '../report.js';
import { Client } from './client.js';
import { Ledger } from './ledger.js';
import { settledLog } from './settled-log.js';

/**
 * `npm run chaos`: a flood of requests over HTTP while the server is killed and restarted, across a city's midnight. The log is then
 * compared with the trial's own ledger of acknowledgements.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clients: { type: 'string', default: '32' },
    requests: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '20' },
  },
});
const wanted = { clients: Number(values.clients), requests: Number(values.requests), kills: Number(values.kills) };

const SHORTEST_LIFE_MS = 100;
const LONGEST_LIFE_MS = 1_500;
const RETRIED_KEYS = 500;
/** How long before its midnight the city's clock starts, so that some kills fall before it and some after. */
const BEFORE_MIDNIGHT_SECONDS = 15;

const folder = mkdtempSync(join(tmpdir(), 'onedoor-chaos-'));
const server = await demoProcess(folder, { clockOffsetSeconds: secondsToMidnight() - BEFORE_MIDNIGHT_SECONDS });
const endpoint = { url: server.url, ...DEMO_INTAKE };
const ledger = new Ledger();
const started = performance.now();
await server.start();

const flood = new AbortController();
const clients = Array.from({ length: wanted.clients }, () => new Client(endpoint, ledger).run(flood.signal));
let kills = 0;
const isPastMidnight = (): boolean => performance.now() - started > (BEFORE_MIDNIGHT_SECONDS + 5) * 1_000;
while (kills < wanted.kills || ledger.size < wanted.requests || !isPastMidnight()) {
  await new Promise((resolve) => setTimeout(resolve, SHORTEST_LIFE_MS + Math.random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS)));
  await server.kill();
  kills += 1;
  say(`killed ${kills} times, ${ledger.size} acknowledged`);
  await server.start();
}
flood.abort();
await Promise.all(clients);

// The first keys were acknowledged before midnight and before every kill: they must still return the same references.
const retrier = new Client(endpoint, ledger);
for (const key of ledger.someKeys(RETRIED_KEYS)) await retrier.submit(key);
const found = await settledLog(folder, ledger.all());
await server.stop();
rmSync(folder, { recursive: true, force: true });

const result = {
  acknowledged: ledger.size,
  kills,
  lost: found.lost,
  doubled: found.doubled + ledger.contradicted,
  withoutOneCase: found.withoutOneCase,
  withoutOnePromise: found.withoutOnePromise,
};
const isSound = result.lost + result.doubled + result.withoutOneCase + result.withoutOnePromise === 0;
printResult(result, values.json);
process.exitCode = isSound && kills >= wanted.kills && ledger.size >= wanted.requests ? 0 : 1;
