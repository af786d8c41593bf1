import { openMemory, type MemoryData } from '@onedoor/adapters';
import { Fenced, type Outage, type RunOptions, StuckWorkers, Unavailable, VoidPosition } from '@onedoor/engine';
import { AlarmLog, ManualClock, toRecord, until } from '@onedoor/testkit';
import { ANOTHER_LOG } from '../start-refusals.js';
import type { Ports } from '../ports.js';
import { WorkerRunner } from './worker-runner.js';
import type { Worker } from './worker.js';

const noon = '2026-03-02T12:00:00.000Z';

let data: MemoryData;
let clock: ManualClock;
let alarms: AlarmLog;
let runner: WorkerRunner;

beforeEach(() => {
  data = openMemory();
  clock = new ManualClock(noon);
  alarms = new AlarmLog();
  const entropy = { hex: (length: number) => '0'.repeat(length * 2) };
  runner = new WorkerRunner({ ...data, clock, entropy, alarm: alarms.alarm, dependencies: [], jurisdiction: 'testville' } satisfies Ports);
});

const untilStopped = ({ signal }: RunOptions): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
const worker = (name: string, run: Worker['run'], kind: Worker['kind'] = 'projector'): Worker => ({ name, kind, run });

describe('running workers', () => {
  it('run until they are stopped, and stopping waits for them', async () => {
    const steps: string[] = [];
    runner.register(
      worker('one', async (options) => {
        steps.push('started');
        await untilStopped(options);
        steps.push('ended');
      }),
    );
    runner.start();
    expect(steps).toEqual(['started']);
    await runner.stop();
    expect(steps).toEqual(['started', 'ended']);
  });

  it('start again after a failure, which is alarmed', async () => {
    let runs = 0;
    const isBack = Promise.withResolvers<void>();
    runner.register(
      worker('failing once', async (options) => {
        if (++runs === 1) throw new Error('It broke');
        isBack.resolve();
        await untilStopped(options);
      }),
    );
    runner.start();
    await clock.passNextWait();
    await isBack.promise;
    expect(runs).toBe(2);
    expect(alarms.entries).toMatchObject([{ message: 'worker failed', details: { worker: 'failing once', reason: 'Error: It broke' } }]);
    await runner.stop();
  });

  it('raise no alarm of their own during a known outage of a server, and one for each other failure', async () => {
    let outage: Outage | null = { since: noon, reason: 'refuses connections' };
    const entropy = { hex: (length: number) => '0'.repeat(length * 2) };
    const dependencies = [{ name: 'Server', holdsUpRequests: true, outage: () => outage }];
    const failures = [new Unavailable('Away'), new Unavailable('Away'), new Error('It broke'), new Unavailable('Back, it seemed')];
    runner = new WorkerRunner({ ...data, clock, entropy, alarm: alarms.alarm, dependencies, jurisdiction: 'testville' });
    runner.register(
      worker('waiting', async (options) => {
        const failure = failures.shift();
        if (failures.length === 0) outage = null;
        if (failure !== undefined) throw failure;
        await untilStopped(options);
      }),
    );
    runner.start();
    for (let time = 0; time < 4; time++) await clock.passNextWait();
    await runner.stop();
    expect(alarms.entries.map(({ details }) => details['reason'])).toEqual(['Error: It broke', 'Unavailable: Back, it seemed']);
  });

  it('that fail repeatedly wait longer each time, ten seconds at most', async () => {
    runner.register(
      worker('broken', async () => {
        throw new Error('It broke');
      }),
    );
    runner.start();
    const waits: number[] = [];
    for (let time = 0; time < 9; time++) waits.push(await clock.passNextWait());
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits.slice(-2)).toEqual([10_000, 10_000]);
    await runner.stop();
  });

  it('name in their alarm the wait until they start again, the first of 200 ms', async () => {
    runner.register(
      worker('broken', async () => {
        throw new Error('It broke');
      }),
    );
    runner.start();
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) waits.push(await clock.passNextWait());
    await clock.untilWaitedFor();
    await runner.stop();
    expect(waits).toEqual([200, 400, 800, 1_600]);
    expect(alarms.entries.slice(0, 4).map(({ details }) => details['retryInMs'])).toEqual(waits);
  });

  it('whose positions are not of the log alarm with the remedy, and wait ten seconds from the first failure on', async () => {
    runner.register(
      worker('restored', async () => {
        throw new VoidPosition('log:7 is not of the log');
      }),
    );
    runner.start();
    expect([await clock.passNextWait(), await clock.passNextWait()]).toEqual([10_000, 10_000]);
    await runner.stop();
    const details = { worker: 'restored', retryInMs: 10_000, reason: 'VoidPosition: log:7 is not of the log', remedy: ANOTHER_LOG };
    expect(alarms.entries.slice(0, 2)).toEqual([1, 2].map(() => ({ message: 'log is another one than before', details })));
  });

  it('that ran for longer than the longest wait begin with the shortest wait again', async () => {
    runner.register(
      worker('rare', async () => {
        clock.advance(60_000);
        throw new Error('It broke');
      }),
    );
    runner.start();
    expect([await clock.passNextWait(), await clock.passNextWait(), await clock.passNextWait()]).toEqual([200, 200, 200]);
    await runner.stop();
  });

  it('that lost their checkpoint to another process stand by without an alarm', async () => {
    const standBy = worker('standing by', async () => {
      throw new Fenced('Another one moved its checkpoint');
    });
    runner.register(standBy);
    runner.start();
    for (let time = 0; time < 9; time++) await clock.passNextWait();
    expect([alarms.entries, runner.stallOf(standBy)]).toEqual([[], null]);
    await runner.stop();
  });

  it('that end without being stopped have failed', async () => {
    runner.register(worker('ending', async () => undefined));
    runner.start();
    await clock.passNextWait();
    expect(alarms.entries).toMatchObject([{ message: 'worker failed', details: { reason: 'Error: It ended without being stopped' } }]);
    await runner.stop();
  });

  it('that fail for half a minute are stuck, in every process that asks, until they make progress', async () => {
    let isMended = false;
    const stuck = worker('stuck', async ({ signal, onProgress }) => {
      if (!isMended) throw new Error('It broke');
      onProgress?.();
      await untilStopped({ signal });
    });
    runner.register(stuck);
    runner.start();
    while (!alarms.messages.includes('worker stuck')) await clock.passNextWait();
    expect(runner.stallOf(stuck)).toMatchObject({ since: noon, reason: 'Error: It broke' });
    await until(async () => (await new StuckWorkers(data.checkpoints).all()).size === 1);
    expect(alarms.messages.filter((message) => message === 'worker stuck')).toHaveLength(1);
    isMended = true;
    await clock.passNextWait();
    await until(() => alarms.messages.includes('worker works again'));
    expect(runner.stallOf(stuck)).toBeNull();
    await until(async () => (await new StuckWorkers(data.checkpoints).all()).size === 0);
    await runner.stop();
  });

  it('go on while another one fails', async () => {
    const isRunning = Promise.withResolvers<void>();
    runner.register(
      worker('broken', async () => {
        throw new Error('It broke');
      }),
      worker('sound', async (options) => {
        isRunning.resolve();
        await untilStopped(options);
      }),
    );
    runner.start();
    await isRunning.promise;
    await clock.passNextWait();
    await clock.untilWaitedFor();
    expect(alarms.entries.every(({ details }) => details['worker'] === 'broken')).toBe(true);
    await runner.stop();
  });

  it('are stopped while they wait to start again', async () => {
    let runs = 0;
    runner.register(
      worker('broken', async () => {
        runs += 1;
        throw new Error('It broke');
      }),
    );
    runner.start();
    await clock.untilWaitedFor();
    await runner.stop();
    expect(runs).toBe(1);
  });

  it('raise no alarm where they fail while they are being stopped', async () => {
    runner.register(
      worker('failing at the end', async (options) => {
        await untilStopped(options);
        throw new Error('Aborted');
      }),
    );
    runner.start();
    await runner.stop();
    expect(alarms.entries).toEqual([]);
  });
});

describe('settling', () => {
  /** Answers each word of a conversation with the next one, up to the last. */
  const answering = (stream: string, upTo: number): Worker['run'] => {
    let said = 0;
    return async () => {
      if (said < upTo)
        await data.store.append(stream, said === 0 ? 'no-stream' : said - 1, [
          toRecord({ type: 'Said', at: noon, data: { word: (said += 1) } }),
        ]);
    };
  };

  it('runs relays and consumers until the log no longer grows', async () => {
    runner.register(
      worker('consumer', answering('talk-a', 5), 'consumer'),
      worker('relay', async () => undefined, 'relay'),
    );
    await runner.settle();
    expect(await data.store.read('talk-a', 0, 10)).toHaveLength(5);
  });

  it('runs no projector and no ticker', async () => {
    const kinds: string[] = [];
    for (const kind of ['projector', 'relay', 'consumer', 'ticker'] as const)
      runner.register(worker(kind, async ({ untilCaughtUp }) => void kinds.push(`${kind} ${untilCaughtUp}`), kind));
    await runner.settle();
    expect(kinds).toEqual(['relay true', 'consumer true']);
    await runner.catchUp('projector');
    expect(kinds.at(-1)).toBe('projector true');
  });

  it('rejects with the failure of a worker', async () => {
    runner.register(
      worker(
        'relay',
        async () => {
          throw new Error('It broke');
        },
        'relay',
      ),
    );
    await expect(runner.settle()).rejects.toThrow('It broke');
  });
});
