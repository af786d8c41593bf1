import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqlite } from '@onedoor/adapters';
import { freePort } from '../free-port.js';
import { ServerProcess } from '../server-process.js';
import { auditLog, type Findings } from './audit-log.js';
import { Client } from './clients.js';
import { Ledger } from './ledger.js';

/**
 * `npm run chaos`: a flood of requests through HTTP while the server is killed and started again, over a city's midnight.
 * Its own ledger of acknowledgements is then held against the log.
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
/** The city's clock starts so long before its midnight: some kills fall before it, some after. */
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
const door = {
  url: server.url,
  apiKey: 'demo-key',
  services: ['pothole', 'street-light', 'traffic-signal', 'missed-pickup', 'recycling-sticker', 'fallen-tree'],
};
const ledger = new Ledger();
const started = performance.now();
await server.start();

const flood = new AbortController();
const clients = Array.from({ length: wanted.clients }, () => new Client(door, ledger).run(flood.signal));
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

// The first keys were acknowledged before midnight and before every kill: they must still give what they gave.
const retrier = new Client(door, ledger);
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
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${Object.entries(result)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n')}\n`,
);
process.exitCode = isSound && kills >= wanted.kills && ledger.size >= wanted.requests ? 0 : 1;

/** What the log says once everything that was submitted has had time to become a case, or the time is over. */
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

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
