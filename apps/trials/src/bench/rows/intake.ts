import { join } from 'node:path';
import { openSqlite, type SqliteData } from '@onedoor/adapters';
import { OPERATOR_HEADERS, freePort, ServerProcess, STANDALONE } from '../../server-process.js';
import { postFor, type Load } from '../http-load.js';
import { measurement, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const FLOOR = join(import.meta.dirname, '../floor/main.js');
const CLIENTS = 32;
const WARM_UP_MS = 5_000;
const ROUND_MS = 5_000;
const ROUNDS = 3;
const LAG_SAMPLES_MS = 250;

/**
 * Durable requests per second over HTTP from 32 clients. Floor: the same HTTP server without storage. Both are warmed up and take turns,
 * so that other load of the machine affects both.
 */
export function intake(): Promise<readonly Measurement[]> {
  return withTemporaryFolder(async (folder) => {
    const floor = await start(FLOOR, {});
    const own = await start(STANDALONE, {
      ONEDOOR_DATA: folder,
      ONEDOOR_DEMO: 'on',
      ONEDOOR_DEMO_CASES: '0',
      ONEDOOR_DEMO_DRIP_SECONDS: '0',
      ONEDOOR_RATE_LIMIT: 'off',
    });
    const data = await openSqlite(folder, { readOnly: true });
    const promises = new PromiseCount(data);
    await postFor(floor.port, CLIENTS, WARM_UP_MS);
    await sustainedLoad(own.port, promises, WARM_UP_MS);
    await untilIdle(own.port);
    const floors: Load[] = [];
    const ours: Sustained[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floors.push(await postFor(floor.port, CLIENTS, ROUND_MS));
      ours.push(await sustainedLoad(own.port, promises, ROUND_MS));
      await untilIdle(own.port);
    }
    await data.close();
    await own.server.stop();
    await floor.server.kill();
    return figures(
      median(floors, ({ perSecond }) => perSecond),
      median(ours, ({ load }) => load.perSecond),
    );
  });
}

const figures = (floor: Load, { load, sustainedPerSecond, lagMax, drainSeconds }: Sustained): readonly Measurement[] => [
  measurement('intake', 'acknowledged per second', load.perSecond, floor.perSecond, { atLeast: 0.5 }),
  measurement('intake', 'p99 ms', load.p99Ms, floor.p99Ms, { atMost: 2 }),
  measurement('intake', 'p50 ms', load.p50Ms, floor.p50Ms),
  measurement('intake', 'sustained per second, until promises run', sustainedPerSecond, floor.perSecond, { atLeast: 0.25 }),
  measurement('intake', 'requests without a promise yet, at most', lagMax),
  measurement('intake', 'seconds until the last promise runs, after the last answer', drainSeconds),
];

interface Sustained {
  readonly load: Load;
  /** All requests divided by the time from the first request to the last promise. */
  readonly sustainedPerSecond: number;
  readonly lagMax: number;
  readonly drainSeconds: number;
}

async function start(
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly server: ServerProcess; readonly port: number }> {
  const port = await freePort();
  const server = new ServerProcess(`http://127.0.0.1:${port}`, { PORT: String(port), ...env }, { program });
  await server.start();
  return { server, port };
}

async function sustainedLoad(port: number, promises: PromiseCount, durationMs: number): Promise<Sustained> {
  const before = promises.total;
  const lag = promises.watch();
  const load = await postFor(port, CLIENTS, durationMs);
  const promisedMs = await promises.reach(before + load.answered);
  return {
    load,
    sustainedPerSecond: (load.answered / (promisedMs - load.startedMs)) * 1_000,
    lagMax: await lag.stop(),
    drainSeconds: Math.max(0, promisedMs - load.endedMs) / 1_000,
  };
}

/** Waits until the views have caught up too, because their work would slow down the next round of the floor. */
async function untilIdle(port: number): Promise<void> {
  for (let before: string | null = null; ;) {
    const now = await (await fetch(`http://127.0.0.1:${port}/readyz`, { headers: OPERATOR_HEADERS })).text();
    if (now === before) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
  }
}

/** Counts requests and promises in the log, which it reads beside the server. */
class PromiseCount {
  private requests = 0;
  private promises = 0;
  private after: string | null = null;

  constructor(private readonly data: SqliteData) {}

  /** Promises so far. */
  get total(): number {
    return this.promises;
  }

  /** When the number of promises reached `count` (`performance.now()`). */
  async reach(count: number): Promise<number> {
    for (;;) {
      await this.read();
      if (this.promises >= count) return performance.now();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Samples how many requests wait for their promise; `stop` returns the maximum. */
  watch(): { readonly stop: () => Promise<number> } {
    let most = 0;
    let isStopped = false;
    const watching = (async () => {
      while (!isStopped) {
        await this.read();
        most = Math.max(most, this.requests - this.promises);
        await new Promise((resolve) => setTimeout(resolve, LAG_SAMPLES_MS));
      }
      return most;
    })();
    return {
      stop: () => {
        isStopped = true;
        return watching;
      },
    };
  }

  private reading: Promise<void> = Promise.resolve();

  /** Reads are serialized, because concurrent ones would count events twice. */
  private read(): Promise<void> {
    this.reading = this.reading.then(() => this.readNew());
    return this.reading;
  }

  private async readNew(): Promise<void> {
    const { signal } = new AbortController();
    await this.data.store.head();
    for await (const next of this.data.store.subscribe({ after: this.after, pageSize: 8_192, signal })) {
      if (next.kind === 'caught-up') return;
      this.after = next.position;
      for (const { type } of next.events) {
        if (type === 'ServiceRequestSubmitted') this.requests += 1;
        if (type === 'PromiseMade') this.promises += 1;
      }
    }
  }
}

/** The median round. */
function median<Round>(rounds: readonly Round[], by: (round: Round) => number): Round {
  const sorted = [...rounds].sort((one, other) => by(one) - by(other));
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error('There are no rounds');
  return found;
}
