import fc from 'fast-check';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import { AlarmLog, HastyClock, shortAnswers, toRecord } from '@onedoor/testkit';
import { add, envelope, noon, once, seal, TALLIES, TALLY, type TallyDocument } from '../test/tally.js';
import { Executor } from './executor.js';
import type { Checkpoints } from './ports/checkpoints.js';
import { Fenced, Unavailable } from './ports/failures.js';
import type { Collection, Put, ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { hashCollection } from './rebuild.js';
import { checkpointOf, type ProjectorPorts } from './worker.js';

const PROJECTION = TALLIES as unknown as Projection;

let data: MemoryData;
let alarms: AlarmLog;
let ports: ProjectorPorts;
let executor: Executor;

beforeEach(() => {
  data = openMemory();
  alarms = new AlarmLog();
  ports = { ...data, clock: new HastyClock(noon), alarm: alarms.alarm };
  executor = new Executor(data.store, 'testville');
});

const project = (projection: Projection = PROJECTION, over: Partial<ProjectorPorts> = {}): Promise<void> =>
  new Projector(projection, { ...ports, ...over }).run(once);
const addTo = (id: string, amount: number) => executor.execute(TALLY, id, add(amount), envelope());
const document = async (id: string, collection: Collection = TALLIES.collection): Promise<unknown> =>
  (await data.readModels.get(collection, [id]))[0]?.body;

/** The read models, with a callback before each write. */
const readModelsThat = (happens: (collection: Collection, puts: readonly Put[]) => Promise<void>): ReadModels => ({
  get: (...args) => data.readModels.get(...args),
  standing: (...args) => data.readModels.standing(...args),
  find: (...args) => data.readModels.find(...args),
  scan: (collection) => data.readModels.scan(collection),
  servedVersion: (name) => data.readModels.servedVersion(name),
  promote: (...args) => data.readModels.promote(...args),
  async apply(collection, puts) {
    await happens(collection, puts);
    await data.readModels.apply(collection, puts);
  },
});

/** Checkpoints that can not be moved, as where the process ends before it. */
const unmoved: Checkpoints = {
  load: (name) => data.checkpoints.load(name),
  advance: async () => {
    throw new Unavailable('Not just now');
  },
};

describe('a projector', () => {
  it('folds the log into documents and stores its checkpoint', async () => {
    await addTo('a', 1);
    await addTo('b', 10);
    await addTo('a', 2);
    await project();
    expect(await document('a')).toEqual({ total: 3, additions: 2 });
    expect(await document('b')).toEqual({ total: 10, additions: 1 });
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
  });

  it('continues from its checkpoint', async () => {
    await addTo('a', 1);
    await project();
    await addTo('a', 2);
    await project();
    expect(await document('a')).toEqual({ total: 3, additions: 2 });
  });

  it('skips events that it does not handle', async () => {
    await executor.execute(TALLY, 'a', seal(), envelope());
    await project();
    expect(await document('a')).toBeUndefined();
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
  });

  it('handling a page twice changes nothing', async () => {
    await addTo('a', 1);
    await addTo('a', 2);
    await project();
    const name = checkpointOf(PROJECTION);
    await data.checkpoints.advance(name, await data.checkpoints.load(name), null);
    await project();
    expect(await document('a')).toEqual({ total: 3, additions: 2 });
  });

  it('writes documents before its checkpoint: a page that fails in between is handled again', async () => {
    await addTo('a', 1);
    await expect(project(PROJECTION, { checkpoints: unmoved })).rejects.toThrow(Unavailable);
    expect(await document('a')).toEqual({ total: 1, additions: 1 });
    await project();
    expect(await document('a')).toEqual({ total: 1, additions: 1 });
  });

  it('knows what it deleted when a page is handled again together with what came after', async () => {
    const open: Projection = {
      ...PROJECTION,
      collection: { name: 'open_tallies', version: 1, indexes: [] },
      evolve(before, event) {
        if ((event.data as { readonly amount: number }).amount === 1) return { opened: true };
        if (before === null) throw new Error('It was never opened');
        return null;
      },
    };
    await addTo('a', 1);
    await project(open);
    await addTo('a', 2);
    await expect(project(open, { checkpoints: unmoved })).rejects.toThrow(Unavailable);
    expect(await document('a', open.collection)).toBeUndefined();
    await addTo('a', 1);
    await project(open);
    expect([await document('a', open.collection), alarms.messages]).toEqual([{ opened: true }, []]);
  });

  it('keeps its checkpoint where documents could not be written', async () => {
    await addTo('a', 1);
    const readModels = readModelsThat(async () => {
      throw new Unavailable('Not just now');
    });
    await expect(project(PROJECTION, { readModels })).rejects.toThrow(Unavailable);
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBeNull();
  });

  it('stops when another one of its name moved the checkpoint', async () => {
    await addTo('a', 1);
    const readModels = readModelsThat(async () => void (await data.checkpoints.advance(checkpointOf(PROJECTION), null, 'elsewhere')));
    await expect(project(PROJECTION, { readModels })).rejects.toThrow(Fenced);
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe('elsewhere');
  });

  it('stops at an event that this build does not know', async () => {
    await data.store.append('tally-a', 'no-stream', [toRecord({ type: 'Added', at: noon, data: { amount: 1 } }, { v: 2 })]);
    await expect(project()).rejects.toThrow('older than the log');
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBeNull();
  });

  it('handles events that are appended while it runs, until the signal fires', async () => {
    const stop = new AbortController();
    const reached = Promise.withResolvers<void>();
    const checkpoints: Checkpoints = {
      load: (name) => data.checkpoints.load(name),
      async advance(name, from, to) {
        const moved = await data.checkpoints.advance(name, from, to);
        if (to === (await data.store.head())) reached.resolve();
        return moved;
      },
    };
    const running = new Projector(PROJECTION, { ...ports, checkpoints }).run({ signal: stop.signal });
    await addTo('a', 5);
    await reached.promise;
    expect(await document('a')).toEqual({ total: 5, additions: 1 });
    stop.abort();
    await running;
  });
});

describe('a projector over a log with incomplete answers', () => {
  it('ends with the same documents and checkpoint as over a complete one', async () => {
    for (let round = 0; round < 12; round++) await addTo(`tally${round % 5}`, round);
    await project();
    const complete = await hashCollection(data.readModels, TALLIES.collection);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), async (pages) => {
        const { readModels, checkpoints } = openMemory();
        await project(PROJECTION, { store: shortAnswers(data.store, { pages }), readModels, checkpoints });
        expect(await hashCollection(readModels, TALLIES.collection)).toEqual(complete);
        expect(await checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
      }),
    );
  });

  it('does not end before the head, and throws Unavailable in the end', async () => {
    await addTo('a', 1);
    await expect(project(PROJECTION, { store: shortAnswers(data.store, { pages: Array<number>(100).fill(0) }) })).rejects.toThrow(
      Unavailable,
    );
    expect(alarms.messages).toEqual(['the log answers less than it has told of']);
    await project();
    expect(await document('a')).toEqual({ total: 1, additions: 1 });
  });
});

describe('an event that cannot be applied', () => {
  it('quarantines its document only, with one alarm', async () => {
    await addTo('a', 1);
    await addTo('a', 13);
    await addTo('b', 2);
    await addTo('a', 4);
    await project();
    expect(await document('a')).toEqual({ total: 1, additions: 1, quarantined: expect.stringMatching(/^Added at /) });
    expect(await document('b')).toEqual({ total: 2, additions: 1 });
    expect(alarms.entries).toMatchObject([
      { message: 'projection document quarantined', details: { projection: 'tallies', id: 'a', event: 'Added' } },
    ]);
  });

  it('keeps the document in quarantine over pages and restarts, until a rebuild', async () => {
    await addTo('a', 13);
    await project();
    await addTo('a', 1);
    await project();
    expect(await document('a')).toEqual({ quarantined: expect.any(String) });
    expect(alarms.entries).toHaveLength(1);
  });
});

describe('a new version of a projection', () => {
  const SECOND: Projection<TallyDocument> = {
    ...PROJECTION,
    collection: { ...TALLIES.collection, version: 2 },
    evolve: (before, event) => {
      const after = TALLIES.evolve(before as TallyDocument | null, event as never);
      return after && { ...after, additions: after.additions + (before === null ? 100 : 0) };
    },
  } as Projection<TallyDocument>;
  const second = SECOND as unknown as Projection;

  it('is built from the first event and replaces the old one', async () => {
    await addTo('a', 1);
    await project();
    await addTo('a', 2);
    await project(second);
    expect(await data.readModels.servedVersion('tallies')).toBe(2);
    expect(await document('a', SECOND.collection)).toEqual({ total: 3, additions: 102 });
  });

  it('is built beside the old one, which is served until then', async () => {
    await addTo('a', 1);
    await project();
    const served: unknown[] = [];
    const readModels = readModelsThat(async ({ name }) => {
      if (name !== 'tallies') served.push([await data.readModels.servedVersion('tallies'), await document('a')]);
    });
    await project(second, { readModels });
    expect(served).toEqual([[1, { total: 1, additions: 1 }]]);
  });

  it('is built once', async () => {
    await addTo('a', 1);
    await project();
    await project(second);
    await addTo('a', 2);
    await project(second);
    expect(await document('a', SECOND.collection)).toEqual({ total: 3, additions: 102 });
  });
});
