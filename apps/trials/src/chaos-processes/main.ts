import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GROUPS, openPorts } from '@onedoor/composition';
import { countParked } from '@onedoor/engine';
import { startSmtpDouble } from '@onedoor/testkit';
import { Client } from '../chaos/client.js';
import { Ledger } from '../chaos/ledger.js';
import { Cluster, SERVICE_NAMES } from '../cluster/cluster.js';
import { Engines } from '../cluster/engines.js';
import { configOf, foundTrialCity } from '../cluster/found-trial-city.js';
import { TRIAL_SERVICES, trialCity } from '../cluster/trial-city.js';
import { printResult, say, sayAlarm } from '../report.js';
import { effectsOf, type Effects } from './effects.js';
import { LogFaults } from './log-faults.js';
import { Staff } from './staff.js';
import { unequalViews } from './unequal-views.js';

/**
 * `npm run chaos:processes`: the services as processes on a real broker, under a flood of requests and commands of staff. The services are
 * killed at random, several at once; the broker is killed once; the log is killed, stopped and hung. The acknowledgements are then compared
 * with the log, the contexts with one another, and every view with a fold of the whole log. A broker or a log that the environment names is
 * left alone.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    requests: { type: 'string', default: '2000' },
    kills: { type: 'string', default: '20' },
    'log-faults': { type: 'string', default: '20' },
    clients: { type: 'string', default: '8' },
  },
});

const SHORTEST_LIFE_MS = 200;
const LONGEST_LIFE_MS = 1_500;
const KILLED_AT_ONCE = 3;
const STAFF = 2;
const KEY = 'trial-key';
const TARGET_MINUTES = 1;
/** Long enough for a promise of the last minute to be broken, and for the claim of a killed courier to expire. */
const SETTLE_LIMIT_MS = 480_000;

const folder = mkdtempSync(join(tmpdir(), 'onedoor-chaos-'));
const engines = await Engines.start(folder, process.env);
// A halted log would outlive this process.
process.on('exit', () => engines.endNow());
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
const wanted = {
  requests: Number(values.requests),
  killsEach: Number(values.kills),
  logFaults: engines.log === null ? 0 : Number(values['log-faults']),
  clients: Number(values.clients),
};
if (engines.log === null) say('the log was named by EVENTSTORE_URL: it is left alone');
if (!engines.ownsBroker) say('the broker was named by KAFKA_BROKERS: it is left alone');
const smtp = await startSmtpDouble();
const settings = {
  ...engines.settings,
  SMTP_URL: smtp.url,
  ONEDOOR_DATA: folder,
  ONEDOOR_SESSION_KEY: 'k'.repeat(40),
  ONEDOOR_OPEN311_KEYS: KEY,
  ONEDOOR_RATE_LIMIT: 'off',
  ONEDOOR_LOG: 'error',
};
const bearers = await foundTrialCity(trialCity(TARGET_MINUTES), settings);
const cluster = await Cluster.start(settings);
say(`${SERVICE_NAMES.length} services run`);

const ledger = new Ledger();
const flood = new AbortController();
const endpoint = { url: cluster.urlOf(''), apiKey: KEY, services: Object.values(TRIAL_SERVICES) };
const clients = Array.from({ length: wanted.clients }, () => new Client(endpoint, ledger).run(flood.signal));
const staff = Array.from({ length: STAFF }, () => new Staff(cluster, bearers('router'), ledger));
const staffRuns = staff.map((each) => each.run(flood.signal));

const kills = new Map<string, number>(SERVICE_NAMES.map((name) => [name, 0]));
let brokerKills = 0;
/** Faults of the log progress in proportion to the kills of the least killed service. */
const isLogDue = (count: number): boolean => count / wanted.logFaults < (Math.min(...kills.values()) + 1) / wanted.killsEach;
const logFaults = engines.log === null || wanted.logFaults === 0 ? null : new LogFaults(engines.log, isLogDue);
const logFails = logFaults?.run(flood.signal);
const hasKilledEnough = (): boolean =>
  [...kills.values()].every((count) => count >= wanted.killsEach) && (logFaults?.count ?? 0) >= wanted.logFaults;
while (!hasKilledEnough() || ledger.size < wanted.requests) {
  await pause(SHORTEST_LIFE_MS + Math.random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
  if (engines.ownsBroker && brokerKills === 0 && [...kills.values()].every((count) => count >= wanted.killsEach / 2)) {
    brokerKills += 1;
    say('killing the broker');
    await engines.killBroker();
  }
  await killSome();
}
flood.abort();
await Promise.all([...clients, ...staffRuns, logFails]);
await staff[0]?.resumeAll();
const quietSince = performance.now();
say(`quiet: ${ledger.size} acknowledged, staff did ${JSON.stringify(staff.map(({ done }) => Object.fromEntries(done)))}`);

const open = await openPorts({
  config: configOf(settings),
  client: 'trial',
  alarm: sayAlarm,
  onFailure: (error) => say(String(error)),
});
const found = await settled();
const unequal = await unequalViews(open.ports);
await open.close();
await cluster.stop();
await smtp.stop();
await engines.stop();
rmSync(folder, { recursive: true, force: true });

const result = {
  acknowledged: ledger.size,
  kills: [...kills.values()].reduce((total, count) => total + count, 0) + brokerKills,
  logFaults: logFaults?.count ?? 0,
  lost: found.effects.lost,
  doubled: found.effects.doubled + ledger.contradicted,
  withoutOneCase: found.effects.withoutOneCase,
  promisesWithoutCloseOrBreach: found.effects.promisesWithoutCloseOrBreach,
  messagesWithoutEffect: found.effects.messagesWithoutEffect + found.effects.notificationsUnderWay,
  parkedAtEnd: found.parked,
  viewsEqualToFold: unequal.length === 0,
  catchUpSeconds: Math.round(found.caughtUpMs / 100) / 10,
};
unequal.forEach(say);
const { lost, doubled, withoutOneCase, promisesWithoutCloseOrBreach, messagesWithoutEffect, parkedAtEnd } = result;
const faults = lost + doubled + withoutOneCase + promisesWithoutCloseOrBreach + messagesWithoutEffect + parkedAtEnd;
const isSound = faults === 0 && result.viewsEqualToFold;
const killed = `kills ${JSON.stringify(Object.fromEntries(kills))}, broker ${brokerKills}, log ${result.logFaults}`;
say(`${found.effects.events} events, ${smtp.received.length} mails, ${killed}`);
printResult(result, values.json);
process.exitCode = isSound && hasKilledEnough() && (brokerKills > 0 || !engines.ownsBroker) && ledger.size >= wanted.requests ? 0 : 1;

/** Kills one to three services at once, and starts them again. */
async function killSome(): Promise<void> {
  const least = Math.min(...kills.values());
  const names = [...SERVICE_NAMES].sort(() => Math.random() - 0.5).slice(0, 1 + Math.floor(Math.random() * KILLED_AT_ONCE));
  // One of the least killed services is always included, so that the end does not wait for it.
  const chosen = new Set([...names, ...SERVICE_NAMES.filter((name) => kills.get(name) === least).slice(0, 1)]);
  await Promise.all(
    [...chosen].map(async (name) => {
      await cluster.process(name).kill();
      kills.set(name, (kills.get(name) ?? 0) + 1);
      await cluster.process(name).start();
    }),
  );
  say(`killed ${JSON.stringify(Object.fromEntries(kills))}, faults of the log ${logFaults?.count ?? 0}, ${ledger.size} acknowledged`);
}

/** The effects once nothing is missing, or after SETTLE_LIMIT_MS; `caughtUpMs` is when every context had acted on the others. */
async function settled(): Promise<{ readonly effects: Effects; readonly parked: number; readonly caughtUpMs: number }> {
  let caughtUpMs: number | null = null;
  for (;;) {
    const effects = await effectsOf(open.ports.store, ledger.all(), open.ports.clock.now());
    const parked = await parkedMessages();
    const passedMs = performance.now() - quietSince;
    if (caughtUpMs === null && effects.withoutOneCase + effects.messagesWithoutEffect === 0) caughtUpMs = passedMs;
    const isOver = caughtUpMs !== null && effects.promisesWithoutCloseOrBreach + effects.notificationsUnderWay + parked === 0;
    const isSettled = isOver && (await unequalViews(open.ports)).length === 0;
    if (isSettled || passedMs > SETTLE_LIMIT_MS) return { effects, parked, caughtUpMs: caughtUpMs ?? passedMs };
    say(`settling: ${JSON.stringify({ ...effects, parked })}`);
    await pause(2_000);
  }
}

/** Messages of all consumers that are parked behind a failed message of the same key. */
async function parkedMessages(): Promise<number> {
  const counted = await Promise.all(GROUPS.map(({ group }) => countParked(group, open.ports.readModels)));
  return counted.reduce((sum, { messages }) => sum + messages, 0);
}
