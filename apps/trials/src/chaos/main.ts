import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqlite } from '@onedoor/adapters';
import { printResult, say } from '../report.js';
import { freePort, ServerProcess } from '../server-process.js';
import { auditLog, type Findings } from './audit-log.js';
import { Client } from './client.js';
import { Ledger } from './ledger.js';

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
const SETTLE_LIMIT_MS = 120_000;
const RETRIED_KEYS = 500;
/** How long before its midnight the city's clock starts, so that some kills fall before it and some after. */
const BEFORE_MIDNIGHT_SECONDS = 15;
const ZONE = 'America/New_York';

const folder = mkdtempSync(join(tmpdir(), 'onedoor-chaos-'));
const port = await freePort();
const server = new ServerProcess(`http://127.0.0.1:${port}`, {
  PORT: String(port),
  ONEDOOR_DATA: folder,
  ONEDOOR_DEMO: 'on',
  ONEDOOR_DEMO_CASES: '0',
  ONEDOOR_DEMO_DRIP_SECONDS: '0',
  ONEDOOR_RATE_LIMIT: 'off',
  ONEDOOR_CLOCK_OFFSET_SECONDS: String(secondsToMidnight() - BEFORE_MIDNIGHT_SECONDS),
});
const endpoint = {
  url: server.url,
  apiKey: 'demo-key',
  services: ['pothole', 'street-light', 'traffic-signal', 'missed-pickup', 'recycling-sticker', 'fallen-tree'],
};
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
const found = await settled();
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

/** The findings once every request has a case and a promise, or after SETTLE_LIMIT_MS. */
async function settled(): Promise<Findings> {
  const deadline = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const data = await openSqlite(folder, { readOnly: true });
    const findings = await auditLog(data, ledger.all());
    await data.close();
    if ((findings.withoutOneCase === 0 && findings.withoutOnePromise === 0) || performance.now() > deadline) return findings;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

function secondsToMidnight(): number {
  const now = Temporal.Now.zonedDateTimeISO(ZONE);
  return Math.round(now.until(now.add({ days: 1 }).startOfDay()).total('seconds'));
}
