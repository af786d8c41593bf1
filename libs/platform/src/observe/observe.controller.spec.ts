import { openMemory, type MemoryData } from '@onedoor/adapters';
import { Unavailable, VoidPosition, type Dependency, type EventStore, type Outage, type ParkedKeys, type Stall } from '@onedoor/engine';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import type { Reply } from '../http/error.filter.js';
import type { Ports } from '../ports.js';
import { WorkerRunner } from '../workers/worker-runner.js';
import type { Worker, WorkerLag } from '../workers/worker.js';
import { OperatorAccess } from '../access/operator-access.js';
import { Caches } from './caches.js';
import { Metrics } from './metrics.js';
import { ObserveController } from './observe.controller.js';
import type { Readiness } from './readiness.js';
import { WorkerReport } from './worker-report.js';

const NOON = '2026-03-02T12:00:00.000Z';
const ONE_MINUTE_AGO = '2026-03-02T11:59:00.000Z';
const REASON = 'REQUEST_UNKNOWN: There is no request under this reference';

let data: MemoryData;
let clock: ManualClock;
let caches: Caches;
let operators: OperatorAccess;
const REQUEST = { headers: {}, raw: { socket: {} } };

beforeEach(() => {
  data = openMemory();
  clock = new ManualClock(NOON);
  caches = new Caches();
  operators = new OperatorAccess({ token: '', port: 0, isDemo: true });
});

const worker = (figures: Partial<Worker>): Worker => ({
  name: 'intake consumer',
  kind: 'consumer',
  run: async () => undefined,
  ...figures,
});
const parking = (parked: ParkedKeys): Worker => worker({ parked: async () => parked });
const behind =
  (ms: number, draft: Partial<WorkerLag> = {}): (() => Promise<WorkerLag>) =>
  async () => ({ ms, messages: null, next: null, ...draft });
const STALL: Stall = { since: ONE_MINUTE_AGO, on: null, reason: 'Error: It broke', failures: 7 };
const NONE: ParkedKeys = { keys: 0, since: null, reasons: [] };
const TWO: ParkedKeys = { keys: 2, since: ONE_MINUTE_AGO, reasons: [{ reason: REASON, keys: 2 }] };
const server = (name: string, holdsUpRequests: boolean, outage: Outage | null): Dependency => ({
  name,
  holdsUpRequests,
  outage: () => outage,
});
const eventStoreDb = (outage: Outage | null): Dependency => server('EventStoreDB', true, outage);

/** A process with this worker or with none, over this server. */
function observe(worker: Worker | null, dependency = eventStoreDb(null), store: EventStore = data.store): ObserveController {
  const ports: Ports = {
    ...data,
    store,
    clock,
    entropy: { hex: () => '0' },
    alarm: new AlarmLog().alarm,
    dependencies: [dependency],
    jurisdiction: 'testville',
  };
  const runner = new WorkerRunner(ports);
  if (worker !== null) runner.register(worker);
  return new ObserveController(new WorkerReport(ports, runner), new Metrics(), ports, caches, operators);
}

/** Status and body of an endpoint's answer. */
async function answerOf(ask: (reply: Reply) => Promise<void>): Promise<{ readonly code: number; readonly body: string }> {
  let code = 0;
  let body = '';
  const reply = { code: (given: number) => ((code = given), reply), type: () => reply, send: (given: string) => ((body = given), reply) };
  await ask(reply as unknown as Reply);
  return { code, body };
}

async function readinessOf(controller: ObserveController): Promise<Readiness & { readonly code: number }> {
  const { code, body } = await answerOf((reply) => controller.ready(REQUEST, reply));
  return { code, ...(JSON.parse(body) as Readiness) };
}

const metricsOf = async (controller: ObserveController): Promise<string> => (await answerOf((reply) => controller.figures(reply))).body;

describe('/readyz', () => {
  it('is ready while nothing is parked, nothing is behind and every server answers', async () => {
    expect(await readinessOf(observe(parking(NONE)))).toMatchObject({
      code: 200,
      status: 'ready',
      dependencies: [{ name: 'EventStoreDB', connected: true, since: null, reason: null }],
    });
  });

  it('is ready while keys are parked, and says how many, since when and why', async () => {
    const { code, status, workers } = await readinessOf(observe(parking(TWO)));
    expect([code, status]).toEqual([200, 'ready, but keys are parked']);
    expect(workers).toMatchObject([{ parkedKeys: 2, parkedSince: ONE_MINUTE_AGO, parkedReasons: [{ reason: REASON, keys: 2 }] }]);
  });

  it('says no more than whether it is ready to callers who are not its operator', async () => {
    operators = new OperatorAccess({ token: '', port: 0, isDemo: false });
    const { code, ...body } = await readinessOf(observe(parking(TWO)));
    expect([code, body]).toEqual([200, { status: 'ready, but keys are parked' }]);
  });

  it('is 503 while a worker is far behind', async () => {
    expect(await readinessOf(observe(worker({ kind: 'relay', lag: behind(60_000) })))).toMatchObject({
      code: 503,
      status: 'catching up',
      workers: [{ lagSeconds: 60 }],
    });
  });

  it('is ready while a worker is stuck, and says which, since when, on what and why', async () => {
    const stuck = worker({ stall: () => ({ ...STALL, on: '26N2K7DQMA4' }), lag: behind(90_000, { messages: 12 }) });
    const { code, status, workers } = await readinessOf(observe(stuck));
    expect([code, status]).toEqual([200, 'ready, but a worker is stuck']);
    expect(workers).toMatchObject([
      {
        name: 'intake consumer',
        lagSeconds: 90,
        lagMessages: 12,
        stuck: { since: ONE_MINUTE_AGO, on: '26N2K7DQMA4', reason: 'Error: It broke', failures: 7 },
      },
    ]);
  });

  it('names the next event of a follower of the log where it is stuck and does not say on what', async () => {
    const next = 'CaseRouted at 3 of case-26N2K7DQMA4';
    const { workers } = await readinessOf(observe(worker({ kind: 'relay', stall: () => STALL, lag: behind(5_000, { next }) })));
    expect(workers).toMatchObject([{ stuck: { on: next, reason: 'Error: It broke' } }]);
  });

  it('is 503 while a server is away, and says since when and why', async () => {
    const away = eventStoreDb({ since: ONE_MINUTE_AGO, reason: 'refused' });
    expect(await readinessOf(observe(parking(NONE), away))).toMatchObject({
      code: 503,
      status: 'a dependency is away',
      dependencies: [{ name: 'EventStoreDB', connected: false, since: ONE_MINUTE_AGO, reason: 'refused' }],
    });
  });

  it('is ready while a server is away that no request waits for', async () => {
    const away = server('Kafka', false, { since: ONE_MINUTE_AGO, reason: 'refused' });
    expect(await readinessOf(observe(parking(NONE), away))).toMatchObject({
      code: 200,
      status: 'ready, but a dependency is away',
      dependencies: [{ name: 'Kafka', connected: false }],
    });
  });

  it.each([
    ['can not be asked', new Unavailable('Not just now')],
    ['is another one than the worker followed', new VoidPosition('log:7 is not of the log')],
  ])('is 503 with workers and dependencies while the log %s', async (_what, failure) => {
    const lag = async (): Promise<WorkerLag> => {
      throw failure;
    };
    expect(await readinessOf(observe(worker({ kind: 'relay', lag })))).toMatchObject({
      code: 503,
      status: 'a dependency is away',
      workers: [{ isKnown: false, lagSeconds: null, parkedKeys: null }],
      dependencies: [{ name: 'EventStoreDB' }],
    });
  });

  it('asks for the head of the log where there is no worker', async () => {
    let outage: Outage | null = null;
    const head = async (): Promise<never> => {
      outage = { since: NOON, reason: 'refuses connections' };
      throw new Unavailable('Not just now');
    };
    const store: EventStore = {
      append: (...given) => data.store.append(...given),
      read: (...given) => data.store.read(...given),
      subscribe: (options) => data.store.subscribe(options),
      head,
    };
    expect(await readinessOf(observe(null, { ...eventStoreDb(null), outage: () => outage }, store))).toMatchObject({
      code: 503,
      status: 'a dependency is away',
      workers: [],
    });
    expect(await readinessOf(observe(null))).toMatchObject({ code: 200, status: 'ready' });
  });

  it('answers in time while the log does not', async () => {
    const answer = readinessOf(observe(worker({ kind: 'relay', lag: () => new Promise(() => undefined) })));
    expect(await clock.passNextWait()).toBeLessThan(5_000);
    expect(await answer).toMatchObject({ code: 503, status: 'a dependency is away', workers: [{ isKnown: false }] });
  });

  it('cancels its timeout where the log answers', async () => {
    await readinessOf(observe(parking(NONE)));
    expect(clock.waitsMs).toEqual([]);
  });
});

describe('/metrics', () => {
  it('has the parked keys and the age of the one that waits longest', async () => {
    const text = await metricsOf(observe(parking(TWO)));
    expect(text).toContain('onedoor_parked_keys{worker="intake consumer"} 2');
    expect(text).toContain('onedoor_parked_since_seconds{worker="intake consumer"} 60');
    expect(await metricsOf(observe(parking(NONE)))).toContain('onedoor_parked_since_seconds{worker="intake consumer"} 0');
  });

  it('has how many messages wait for a consumer, and for how long it has been stuck', async () => {
    const text = await metricsOf(observe(worker({ stall: () => STALL, lag: behind(90_000, { messages: 12 }) })));
    expect(text).toContain('onedoor_lag_seconds{worker="intake consumer"} 90');
    expect(text).toContain('onedoor_lag_messages{worker="intake consumer"} 12');
    expect(text).toContain('onedoor_stuck_seconds{worker="intake consumer"} 60');
    expect(await metricsOf(observe(worker({ lag: behind(0) })))).toContain('onedoor_stuck_seconds{worker="intake consumer"} 0');
  });

  it('has what each cache holds, those of one name as one', async () => {
    caches.register('streams', () => 1_000);
    caches.register('streams', () => 500);
    expect(await metricsOf(observe(null))).toContain('onedoor_cache_bytes{cache="streams"} 1500');
  });

  it('says of each server whether it answers, or for how long it has not', async () => {
    const here = await metricsOf(observe(parking(NONE)));
    expect(here).toContain('onedoor_dependency_up{dependency="EventStoreDB"} 1');
    expect(here).toContain('onedoor_dependency_away_seconds{dependency="EventStoreDB"} 0');
    const away = await metricsOf(observe(parking(NONE), eventStoreDb({ since: ONE_MINUTE_AGO, reason: 'refused' })));
    expect(away).toContain('onedoor_dependency_up{dependency="EventStoreDB"} 0');
    expect(away).toContain('onedoor_dependency_away_seconds{dependency="EventStoreDB"} 60');
  });
});
