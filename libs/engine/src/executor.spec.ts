import { openMemory } from '@onedoor/adapters';
import { LIMITS } from '@onedoor/kernel';
import { shortAnswers, toRecord } from '@onedoor/testkit';
import { add, envelope, noon, oneOClock, seal, TALLY, unseal } from '../test/tally.js';
import { ConcurrencyConflict, Executor } from './executor.js';
import type { AppendResult, EventStore } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

let store: EventStore;
let executor: Executor;
/** Another process over the same log. */
let other: Executor;

beforeEach(() => {
  ({ store } = openMemory());
  executor = new Executor(store, 'testville');
  other = new Executor(store, 'testville');
});

const run = (target: Executor, command: Parameters<typeof TALLY.decider.decide>[0], as = envelope()) =>
  target.execute(TALLY, 'a', command, as);
const amounts = async (): Promise<readonly unknown[]> =>
  (await store.read('tally-a', 0, 100)).map(({ type, data }) => (type === 'Added' ? (data as { amount: number }).amount : type));

/**
 * An executor over a store where a rival appends right before each of the first `times` appends. `reads` gives the share of events
 * that each read returns.
 */
function overtaken(times: number, rival: () => Promise<unknown>, reads: readonly number[] = []): Executor {
  let left = times;
  const slow: EventStore = {
    ...shortAnswers(store, { reads }),
    async append(...args): Promise<AppendResult> {
      if (left-- > 0) await rival();
      return store.append(...args);
    },
  };
  return new Executor(slow, 'testville');
}

describe('a command', () => {
  it('writes events with its actor, its cause and its times', async () => {
    const as = envelope('command-1', { causationId: 'cause-1', traceparent: 'trace-1', bodyHash: 'hash-1' });
    const answer = await run(executor, add(3), as);
    const [event] = await store.read('tally-a', 0, 10);
    expect(event).toMatchObject({
      type: 'Added',
      v: 1,
      at: noon,
      recordedAt: oneOClock,
      data: { amount: 3 },
      stream: 'tally-a',
      revision: 0,
    });
    expect(event?.metadata).toEqual({
      actor: { role: 'staff', id: 'clerk' },
      commandId: 'command-1',
      correlationId: 'a-story',
      causationId: 'cause-1',
      traceparent: 'trace-1',
      bodyHash: 'hash-1',
      jurisdiction: 'testville',
    });
    expect(answer).toMatchObject({ outcome: 'done', revision: 0, position: event?.position, state: { total: 3 }, earlier: null });
  });

  it('continues from the state of the stream', async () => {
    await run(executor, add(3));
    expect(await run(executor, add(4))).toMatchObject({ revision: 1, state: { total: 7 } });
    expect(await run(other, add(5))).toMatchObject({ revision: 2, state: { total: 12 } });
  });

  it('that is refused writes nothing', async () => {
    await run(executor, seal());
    expect(await run(executor, add(1))).toMatchObject({ outcome: 'rejected', code: 'TALLY_SEALED' });
    expect(await amounts()).toEqual(['Sealed']);
  });

  it('without an effect writes nothing, and returns the position of the stream', async () => {
    expect(await run(executor, add(0))).toMatchObject({ outcome: 'done', events: [], revision: -1, position: null });
    const { position } = (await run(executor, seal())) as { position: string };
    expect(await run(executor, seal())).toMatchObject({ outcome: 'done', events: [], revision: 0, position });
  });

  it('is never dated before the last event of the stream', async () => {
    await run(executor, add(1, oneOClock));
    await run(executor, add(2, noon));
    await run(other, add(3, noon));
    expect((await store.read('tally-a', 0, 10)).map(({ at }) => at)).toEqual([oneOClock, oneOClock, oneOClock]);
  });
});

describe("the ids of a command's events", () => {
  const idOfFirst = async (command: Parameters<typeof run>[1], commandId: string): Promise<string | undefined> => {
    const answer = await run(new Executor(openMemory().store, 'testville'), command, envelope(commandId));
    return answer.outcome === 'done' ? answer.events[0]?.id : undefined;
  };

  it('are the same for every attempt at the same command', async () => {
    expect(await idOfFirst(add(3), 'command-1')).toBe(await idOfFirst(add(3), 'command-1'));
  });

  it('differ for another command, another type or another content', async () => {
    const ids = await Promise.all([
      idOfFirst(add(3), 'command-1'),
      idOfFirst(add(3), 'command-2'),
      idOfFirst(add(4), 'command-1'),
      idOfFirst(seal(), 'command-1'),
    ]);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('a lost race', () => {
  it('is decided again on the state that the winner left', async () => {
    const loser = overtaken(1, () => run(other, add(10)));
    expect(await run(loser, add(1))).toMatchObject({ outcome: 'done', revision: 1, state: { total: 11 } });
    expect(await amounts()).toEqual([10, 1]);
  });

  it('is decided again: the winner may have made it inadmissible', async () => {
    const loser = overtaken(1, () => run(other, seal()));
    expect(await run(loser, add(1))).toMatchObject({ outcome: 'rejected', code: 'TALLY_SEALED' });
  });

  it('is retried a bounded number of times, then is a ConcurrencyConflict', async () => {
    const loser = overtaken(Infinity, () => run(other, add(1)));
    await expect(run(loser, add(100))).rejects.toThrow(ConcurrencyConflict);
    expect(await amounts()).toEqual(Array.from({ length: LIMITS.commandAttempts }, () => 1));
  });

  it('is decided on all events of the winner, also where the first reads are incomplete', async () => {
    await run(other, add(10));
    const winner = async (): Promise<unknown> => [await run(other, seal()), await run(other, unseal())];
    expect(await run(overtaken(1, winner, [1, 0.5]), add(1))).toMatchObject({ outcome: 'done', revision: 3, state: { total: 11 } });
    expect(await run(overtaken(1, winner, [1, 0, 0, 0.5]), add(1))).toMatchObject({ outcome: 'done', revision: 6, state: { total: 12 } });
  });

  it('is not decided where every read is incomplete', async () => {
    await run(other, add(10));
    await expect(
      run(
        overtaken(1, () => run(other, seal()), [1, ...Array<number>(100).fill(0)]),
        add(1),
      ),
    ).rejects.toThrow(Unavailable);
  });

  it('succeeds when the last attempt does', async () => {
    const loser = overtaken(LIMITS.commandAttempts - 1, () => run(other, add(1)));
    expect(await run(loser, add(100))).toMatchObject({ outcome: 'done', revision: LIMITS.commandAttempts - 1 });
  });
});

describe('a command that begins a stream', () => {
  const begin = (target: Executor, command: Parameters<typeof run>[1], as = envelope()) =>
    target.execute(TALLY, 'a', command, as, { expectsNew: true });

  it('is decided without reading', async () => {
    const unread: EventStore = {
      ...store,
      append: (...args) => store.append(...args),
      read: () => Promise.reject(new Unavailable('No answer')),
    };
    expect(await begin(new Executor(unread, 'testville'), add(3))).toMatchObject({ revision: 0, state: { total: 3 } });
    expect(await amounts()).toEqual([3]);
  });

  it('continues from the state of the stream where it is not new, and writes once when it is retried', async () => {
    const as = envelope();
    await run(executor, add(1));
    expect(await begin(other, add(3), as)).toMatchObject({ revision: 1, state: { total: 4 } });
    expect(await begin(new Executor(store, 'testville'), add(3), as)).toMatchObject({
      outcome: 'done',
      events: [],
      earlier: { data: { amount: 3 } },
    });
    expect(await amounts()).toEqual([1, 3]);
  });

  it('writes once although another process began it by the same command', async () => {
    const as = envelope();
    await begin(executor, add(3), as);
    expect(await begin(other, add(3), as)).toMatchObject({ outcome: 'done', revision: 0 });
    await run(executor, add(4));
    expect(await run(other, add(5))).toMatchObject({ revision: 2, state: { total: 12 } });
    expect(await amounts()).toEqual([3, 4, 5]);
  });
});

describe('a retry', () => {
  it('returns the event of the first attempt', async () => {
    const as = envelope();
    const first = (await run(executor, add(3), as)) as { position: string };
    await run(executor, add(4));
    expect(await run(executor, add(3), as)).toMatchObject({
      outcome: 'done',
      events: [],
      position: first.position,
      earlier: { data: { amount: 3 } },
    });
    expect(await amounts()).toEqual([3, 4]);
  });

  it('is recognised by another process too', async () => {
    const as = envelope();
    await run(executor, add(3), as);
    expect(await run(other, add(3), as)).toMatchObject({ outcome: 'done', events: [], earlier: { data: { amount: 3 } } });
  });

  it('is recognised although the cached fold is older than the first attempt', async () => {
    const as = envelope();
    await run(executor, add(1));
    await run(other, add(2));
    await run(other, add(3), as);
    expect(await run(executor, add(3), as)).toMatchObject({ events: [], earlier: { data: { amount: 3 } }, state: { total: 6 } });
    expect(await amounts()).toEqual([1, 2, 3]);
  });

  it('writes once, although the answer to the first attempt was lost', async () => {
    const as = envelope();
    let isFirst = true;
    const losing: EventStore = {
      read: (...args) => store.read(...args),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      async append(...args) {
        const result = await store.append(...args);
        if (!isFirst) return result;
        isFirst = false;
        throw new Unavailable('The connection broke');
      },
    };
    const unlucky = new Executor(losing, 'testville');
    await expect(run(unlucky, add(3), as)).rejects.toThrow(Unavailable);
    expect(await run(unlucky, add(3), as)).toMatchObject({ outcome: 'done', state: { total: 3 } });
    expect(await run(unlucky, add(4))).toMatchObject({ state: { total: 7 } });
    expect(await amounts()).toEqual([3, 4]);
  });

  it('of a command that was refused is decided again', async () => {
    const as = envelope();
    await run(executor, seal());
    await run(executor, add(1), as);
    await run(executor, unseal());
    expect(await run(executor, add(1), as)).toMatchObject({ outcome: 'done', state: { total: 1 } });
  });

  it('that lost against a duplicate of itself returns what the duplicate wrote, not what it would have written', async () => {
    const as = envelope();
    const twin = overtaken(1, () => run(other, add(3), as));
    expect(await run(twin, add(4), as)).toMatchObject({ state: { total: 3 }, earlier: { data: { amount: 3 } } });
  });
});

describe('a cached fold that is behind the stream', () => {
  it('does not refuse a command before the stream is read again', async () => {
    await run(executor, seal());
    await run(other, unseal());
    expect(await run(executor, add(1))).toMatchObject({ outcome: 'done', state: { total: 1, isSealed: false } });
  });

  it('does not treat a command as without effect before the stream is read again', async () => {
    await run(executor, seal());
    await run(other, unseal());
    expect(await run(executor, seal())).toMatchObject({ outcome: 'done', revision: 2, state: { isSealed: true } });
  });

  it('is brought up to date by a load', async () => {
    await run(executor, add(1));
    await run(other, add(2));
    expect(await executor.load(TALLY, 'a')).toMatchObject({ state: { total: 3 }, revision: 1 });
  });
});

describe('a load of what is known to reach a position', () => {
  it('returns all of it, also where the first reads are incomplete', async () => {
    for (const amount of [1, 2, 3]) await run(executor, add(amount));
    const known = (await executor.load(TALLY, 'a')).last?.position ?? null;
    const short = new Executor(shortAnswers(store, { reads: [0, 0.5, 0] }), 'testville');
    expect(await short.load(TALLY, 'a', known)).toMatchObject({ revision: 2, state: { total: 6 } });
    await expect(
      new Executor(shortAnswers(store, { reads: Array<number>(100).fill(0) }), 'testville').load(TALLY, 'a', known),
    ).rejects.toThrow(Unavailable);
  });
});

it('loading a stream that is longer than one page returns all of it', async () => {
  const count = LIMITS.eventsPerStream + 1;
  for (let written = 0; written < count; written += LIMITS.eventsPerAppend) {
    const events = Array.from({ length: Math.min(LIMITS.eventsPerAppend, count - written) }, () =>
      toRecord({ type: 'Added', at: noon, data: { amount: 1 } }),
    );
    await store.append('tally-long', written === 0 ? 'no-stream' : written - 1, events);
  }
  expect(await executor.load(TALLY, 'long')).toMatchObject({ revision: count - 1, state: { total: count } });
});

it('loading a stream without events returns the initial state', async () => {
  expect(await executor.load(TALLY, 'unwritten')).toMatchObject({
    state: { total: 0, isSealed: false },
    revision: -1,
    lastAt: null,
    last: null,
  });
});
