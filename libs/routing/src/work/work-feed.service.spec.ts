import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { WORK_ROUTED, workTopic } from '@onedoor/contracts';
import { Executor, published, Relay, Unavailable, type EventStore } from '@onedoor/engine';
import { Caches, type Ports } from '@onedoor/platform';
import { AlarmLog, ManualClock, messagesOf } from '@onedoor/testkit';
import { hours, monday, open, placement, route } from '../../test/case.fixtures.js';
import type { CaseCommand } from '../case/command.js';
import { CASE } from '../aggregates.js';
import { publishCase } from '../case/publish.js';
import { WorkFeed } from './work-feed.service.js';
import type { WorkItem } from './work-ring.js';

let data: MemoryData;
let clock: ManualClock;
let alarms: AlarmLog;
let feed: WorkFeed;
let executor: Executor;
let leaving: AbortController;
let caches: Caches;

const portsOver = (store: EventStore): Ports =>
  ({ ...data, store, clock, entropy: systemEntropy, alarm: alarms.alarm, jurisdiction: 'testville' }) as unknown as Ports;

beforeEach(() => {
  data = openMemory();
  clock = new ManualClock(monday);
  alarms = new AlarmLog();
  executor = new Executor(data.store, 'testville');
  caches = new Caches();
  feed = new WorkFeed(portsOver(data.store), caches);
  leaving = new AbortController();
});
afterEach(async () => {
  leaving.abort();
  await feed.beforeApplicationShutdown();
});

let commands = 0;
const run = async (id: string, command: CaseCommand): Promise<void> => {
  commands += 1;
  const answer = await executor.execute(CASE, id, command, {
    commandId: `command-${commands}`,
    actor: { role: 'system', id: 'test' },
    correlationId: id,
    recordedAt: command.at,
  });
  if (answer.outcome === 'rejected') throw new Error(answer.code);
};

/** The next so many items of a follower. */
async function take(following: AsyncGenerator<WorkItem>, count: number): Promise<readonly WorkItem[]> {
  const items: WorkItem[] = [];
  while (items.length < count) {
    const { value, done } = await following.next();
    if (done === true) throw new Error('it ended');
    items.push(value);
  }
  return items;
}

const subjects = (items: readonly WorkItem[]): readonly string[] => items.map(({ event }) => event.subject);

describe('following routed work', () => {
  it('from the beginning gives what the relay gave to the topic, then what comes', async () => {
    await run('a', open());
    await run('b', open());
    await run('a', route({ at: hours(2) }));
    await new Relay('routing', [published(CASE, publishCase)], portsOver(data.store)).run({ signal: leaving.signal, untilCaughtUp: true });
    const following = feed.follow('parks', null, leaving.signal);
    const items = await take(following, 3);
    expect(items.map(({ event }) => event)).toEqual((await messagesOf(data.bus, [workTopic('parks')])).map(({ event }) => event));
    const next = take(following, 1);
    await run('c', open());
    expect(subjects(await next)).toEqual(['c']);
  });

  it('from a place gives what is behind it, however far back that is', async () => {
    for (const id of ['a', 'b', 'c']) await run(id, open());
    const all = await take(feed.follow('parks', null, leaving.signal), 3);
    for (const [index, { position }] of all.entries()) {
      const rest = take(feed.follow('parks', position, leaving.signal), 3 - index);
      await run(`later-${index}`, open());
      expect(subjects(await rest)).toEqual(
        [...['b', 'c'].slice(index), ...Array.from({ length: index + 1 }, (_, later) => `later-${later}`)].slice(0, 3 - index),
      );
    }
  });

  it('reads the stream of each case once for all followers that are behind, and holds a bounded number of bytes', async () => {
    for (let number = 0; number < 50; number++) {
      await run(`case-${number}`, open());
      await run(`case-${number}`, route({ at: hours(2) }));
    }
    let reads = 0;
    const counting: EventStore = {
      append: (...given) => data.store.append(...given),
      head: () => data.store.head(),
      subscribe: (options) => data.store.subscribe(options),
      read: (...given) => ((reads += 1), data.store.read(...given)),
    };
    feed = new WorkFeed(portsOver(counting), caches);
    const followers = Array.from({ length: 20 }, () => take(feed.follow('parks', null, leaving.signal), 100));
    const told = await Promise.all(followers);
    expect(new Set(told.map((items) => JSON.stringify(items))).size).toBe(1);
    expect(reads).toBeLessThanOrEqual(50);
    const bytes = caches.bytes().get('work translated') ?? 0;
    expect([bytes > 50_000, bytes < 44_000_000]).toEqual([true, true]);
  });

  it('gives a department its own only', async () => {
    await run('a', open());
    await run('b', open({ placement: placement({ department: 'works' }) }));
    const [item] = await take(feed.follow('works', null, leaving.signal), 1);
    expect(item?.event).toMatchObject({ type: WORK_ROUTED, subject: 'b', data: { department: 'works' } });
  });

  it('ends when its reader leaves, also in silence', async () => {
    const following = feed.follow('parks', null, leaving.signal);
    const next = following.next();
    leaving.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('goes on after the log could not be read for a while', async () => {
    let failures = 1;
    const failing: EventStore = {
      append: (...given) => data.store.append(...given),
      read: (...given) => data.store.read(...given),
      head: () => data.store.head(),
      subscribe(options) {
        if (failures-- > 0) throw new Unavailable('Not just now');
        return data.store.subscribe(options);
      },
    };
    await feed.beforeApplicationShutdown();
    feed = new WorkFeed(portsOver(failing), caches);
    const next = take(feed.follow('parks', null, leaving.signal), 1);
    await run('a', open());
    await clock.passNextWait();
    expect(subjects(await next)).toEqual(['a']);
    expect(alarms.messages).toEqual(['work feed failed']);
  });

  it('waits longer after each failure in a row, half a minute at most', async () => {
    const failing: EventStore = {
      append: (...given) => data.store.append(...given),
      read: (...given) => data.store.read(...given),
      head: () => data.store.head(),
      subscribe() {
        throw new Unavailable('Not just now');
      },
    };
    feed = new WorkFeed(portsOver(failing), caches);
    const following = feed.follow('parks', null, leaving.signal).next();
    const waits: number[] = [];
    for (let time = 0; time < 7; time++) waits.push(await clock.passNextWait());
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    leaving.abort();
    await following;
  });

  it('knows the places of its own log, and no others', async () => {
    await run('a', open());
    const [item] = await take(feed.follow('parks', null, leaving.signal), 1);
    expect(await feed.knows(item?.position ?? '')).toBe(true);
    expect(await feed.knows('elsewhere:0000000000000001')).toBe(false);
  });
});
