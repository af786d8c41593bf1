import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqlite } from '@onedoor/adapters';
import { openEmbedded, openPorts } from '@onedoor/composition';
import type { EventStore } from '@onedoor/engine';
import { readConfig, type Config } from '@onedoor/platform';
import { Cluster } from '../../cluster/cluster.js';
import { Engines } from '../../cluster/engines.js';
import { foundOn, foundTrialCity, type Bearers } from '../../cluster/found-trial-city.js';
import { TRIAL_DEPARTMENTS, TRIAL_SERVICES, trialCity } from '../../cluster/trial-city.js';
import { freePort, ServerProcess } from '../../server-process.js';
import { measurement, percentile, type Measurement } from '../measurement.js';
import { followWork, type WorkReader } from '../../work-stream.js';

const PER_SECOND = 50;
const WARM_UP_SECONDS = 8;
const SECONDS = 20;
const ARRIVAL_LIMIT_MS = 30_000;
const KEY = 'bench-key';
/** Long enough that no promise is due during the run. */
const TARGET_MINUTES = 600;

/** A running product, in either profile. */
interface Running {
  urlOf(path: string): string;
  readonly bearers: Bearers;
  /** Opens its log for reading. */
  withStore<Found>(look: (store: EventStore) => Promise<Found>): Promise<Found>;
  stop(): Promise<void>;
}

/**
 * The time from sending a report until it arrives at its department (by the stream of server-sent events), and until the message to the
 * resident is queued. Reports are sent at a fixed rate, independent of the answers to earlier ones.
 */
export async function latency(environment: Readonly<Record<string, string | undefined>>): Promise<readonly Measurement[]> {
  const embedded = await measure('embedded', await startEmbedded(), 100);
  const distributed = await startDistributed(environment);
  if (distributed === null) return embedded;
  return [...embedded, ...(await measure('distributed', distributed, 1_000))];
}

async function measure(profile: string, running: Running, goalMs: number): Promise<readonly Measurement[]> {
  const readers = await Promise.all(
    TRIAL_DEPARTMENTS.map((department) =>
      followWork(running.urlOf(`/api/v1/departments/${department}/work`), running.bearers(`department:${department}`)),
    ),
  );
  try {
    await reports(running, WARM_UP_SECONDS);
    await pause(2_000);
    const sent = await reports(running, SECONDS);
    const heard = await arrivals(readers, [...sent.keys()]);
    const queued = await running.withStore((store) => queuedAt(store, [...sent.keys()]));
    const since = (at: ReadonlyMap<string, number>): readonly number[] =>
      [...sent].map(([reference, sentMs]) => (at.get(reference) ?? Number.POSITIVE_INFINITY) - sentMs);
    return [
      measurement('latency', `${profile}: ms until the department hears, p50`, percentile(since(heard), 0.5)),
      measurement('latency', `${profile}: ms until the department hears, p99`, percentile(since(heard), 0.99), null, { atMost: goalMs }),
      measurement('latency', `${profile}: ms until the message is queued, p50`, percentile(since(queued), 0.5)),
      measurement('latency', `${profile}: ms until the message is queued, p99`, percentile(since(queued), 0.99), null, { atMost: goalMs }),
    ];
  } finally {
    for (const reader of readers) reader.close();
    await running.stop();
  }
}

/** Sends reports at the fixed rate; returns when each was sent, by reference. */
async function reports({ urlOf }: Running, seconds: number): Promise<ReadonlyMap<string, number>> {
  const sent = new Map<string, number>();
  const pending: Promise<void>[] = [];
  const startedMs = performance.now();
  for (let index = 0; index < seconds * PER_SECOND; index++) {
    const dueMs = startedMs + (index * 1_000) / PER_SECOND;
    if (dueMs > performance.now()) await pause(dueMs - performance.now());
    const service = TRIAL_SERVICES[TRIAL_DEPARTMENTS[index % TRIAL_DEPARTMENTS.length] ?? 'streets'];
    const body = new URLSearchParams({
      api_key: KEY,
      service_code: service,
      address_string: '1 Example Street',
      email: `resident${index}@example.org`,
    });
    const sentMs = epochMs();
    pending.push(
      fetch(urlOf('/open311/v2/requests.json'), { method: 'POST', body })
        .then((answer) => answer.json() as Promise<readonly { readonly service_request_id: string }[]>)
        .then(([row]) => void sent.set(row?.service_request_id ?? '', sentMs)),
    );
  }
  await Promise.all(pending);
  return sent;
}

/** When each reference first arrived on a stream. */
async function arrivals(readers: readonly WorkReader[], references: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const deadline = performance.now() + ARRIVAL_LIMIT_MS;
  const heard = (reference: string): number | undefined =>
    readers.map(({ arrivedMs }) => arrivedMs.get(reference)).find((at) => at !== undefined);
  while (performance.now() < deadline && references.some((reference) => heard(reference) === undefined)) await pause(50);
  return new Map(references.flatMap((reference) => (heard(reference) === undefined ? [] : [[reference, heard(reference) ?? 0] as const])));
}

/** When the first message about each reference was queued. */
async function queuedAt(store: EventStore, references: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const reference of references) {
    for (let attempt = 0; attempt < 100 && !found.has(reference); attempt++) {
      const events = await store.read(`notification-${reference}`, 0, 10);
      const first = events.find(({ type }) => type === 'NotificationRequested');
      if (first !== undefined) found.set(reference, Date.parse(first.recordedAt));
      else await pause(20);
    }
  }
  return found;
}

const epochMs = (): number => performance.timeOrigin + performance.now();

const SETTINGS = { ONEDOOR_OPEN311_KEYS: KEY, ONEDOOR_RATE_LIMIT: 'off', ONEDOOR_SESSION_KEY: 'k'.repeat(40), ONEDOOR_LOG: 'error' };

async function startEmbedded(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-bench-'));
  const complain = (message: string): void => void process.stderr.write(`${message}\n`);
  const open = await openEmbedded({ folder, alarm: complain, jurisdiction: 'city', onFailure: (error) => complain(error.message) });
  const bearers = await foundOn(trialCity(TARGET_MINUTES), open.ports);
  await open.close();
  const port = await freePort();
  const server = new ServerProcess(`http://127.0.0.1:${port}`, { ...SETTINGS, PORT: String(port), ONEDOOR_DATA: folder });
  await server.start();
  return {
    urlOf: (path) => `${server.url}${path}`,
    bearers,
    async withStore(look) {
      const data = await openSqlite(folder, { readOnly: true });
      return look(data.store).finally(() => data.close());
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Null where no broker can be started, which is reported; the figures of the embedded profile remain. */
async function startDistributed(environment: Readonly<Record<string, string | undefined>>): Promise<Running | null> {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-bench-'));
  const engines = await Engines.start(folder, environment).catch(
    (error: Error) => void process.stderr.write(`skipped: distributed: ${error.message}\n`),
  );
  if (!engines) return null;
  const settings = { ...SETTINGS, ...engines.settings, ONEDOOR_DATA: folder };
  const bearers = await foundTrialCity(trialCity(TARGET_MINUTES), settings);
  const cluster = await Cluster.start(settings);
  return {
    urlOf: (path) => cluster.urlOf(path),
    bearers,
    async withStore(look) {
      const config = readConfig({ ...settings, ONEDOOR_PROFILE: 'distributed' }) as Config;
      const open = await openPorts({ config, client: 'bench', alarm: () => undefined, onFailure: () => undefined });
      return look(open.ports.store).finally(() => open.close());
    },
    async stop() {
      await cluster.stop();
      await engines.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
