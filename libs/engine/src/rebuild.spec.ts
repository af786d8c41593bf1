import fc from 'fast-check';
import { MemoryReadModels, openMemory, type MemoryData } from '@onedoor/adapters';
import { AlarmLog, HastyClock, shortAnswers } from '@onedoor/testkit';
import { add, envelope, noon, once, seal, TALLIES, TALLY } from '../test/tally.js';
import { Executor } from './executor.js';
import { foldDocument } from './fold-documents.js';
import { Fenced, Unavailable } from './ports/failures.js';
import type { Collection, ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';
import { Projector } from './projector.js';
import { checkpointOf, type ProjectorPorts } from './worker.js';
import { foldFromStart, hashCollection, rebuild } from './rebuild.js';

const PROJECTION = TALLIES as unknown as Projection;
const { signal } = once;

let data: MemoryData;
let ports: ProjectorPorts;
let executor: Executor;

beforeEach(() => {
  data = openMemory();
  ports = { ...data, clock: new HastyClock(noon), alarm: new AlarmLog().alarm };
  executor = new Executor(data.store, 'testville');
});

const addTo = (id: string, amount: number) => executor.execute(TALLY, id, add(amount), envelope());
const project = () => new Projector(PROJECTION, ports).run(once);
const ids = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const page of data.readModels.scan(TALLIES.collection)) found.push(...page.map(({ id }) => id));
  return found;
};

describe('a rebuild', () => {
  it('gives the same documents as following live, to the last byte', async () => {
    for (let round = 0; round < 40; round++) {
      await addTo(`tally${round % 7}`, round);
      if (round % 5 === 0) await project();
    }
    await project();
    const live = await hashCollection(data.readModels, TALLIES.collection);
    const built = await rebuild(PROJECTION, ports, signal);
    expect(await hashCollection(data.readModels, TALLIES.collection)).toEqual(live);
    expect(live.documents).toBe(7);
    expect(built).toEqual({ events: 39, read: 39, position: await data.store.head() });
  });

  it('counts the events that it read and handled', async () => {
    await addTo('a', 1);
    await executor.execute(TALLY, 'a', seal(), envelope());
    expect(await rebuild(PROJECTION, ports, signal)).toMatchObject({ events: 1, read: 2 });
  });

  it('sets the checkpoint to the end of the log, and the projector continues from there', async () => {
    await addTo('a', 1);
    await rebuild(PROJECTION, ports, signal);
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
    await addTo('a', 2);
    await project();
    expect((await data.readModels.get(TALLIES.collection, ['a']))[0]?.body).toEqual({ total: 3, additions: 2 });
  });

  it('removes documents that have no events in the log', async () => {
    await data.readModels.apply(TALLIES.collection, [
      { id: 'ghost', position: 'memory:9999999999999999', body: { total: 1, additions: 1 } },
    ]);
    await addTo('a', 1);
    await rebuild(PROJECTION, ports, signal);
    expect(await ids()).toEqual(['a']);
  });

  it('starts empty, also after an interrupted one left documents behind', async () => {
    await addTo('a', 1);
    await project();
    await data.readModels.apply({ ...TALLIES.collection, name: 'tallies_next_1' }, [
      { id: 'leftover', position: 'memory:9999999999999999', body: { total: 1, additions: 1 } },
    ]);
    await rebuild(PROJECTION, ports, signal);
    expect(await ids()).toEqual(['a']);
  });

  it('that is interrupted leaves the live documents as they were', async () => {
    await addTo('a', 1);
    await project();
    await addTo('b', 2);
    const failing: ReadModels = {
      get: (...args) => data.readModels.get(...args),
      standing: (...args) => data.readModels.standing(...args),
      find: (...args) => data.readModels.find(...args),
      scan: (collection) => data.readModels.scan(collection),
      servedVersion: (name) => data.readModels.servedVersion(name),
      promote: (...args) => data.readModels.promote(...args),
      apply: async () => {
        throw new Unavailable('Not just now');
      },
    };
    await expect(rebuild(PROJECTION, { ...ports, readModels: failing }, signal)).rejects.toThrow(Unavailable);
    expect(await ids()).toEqual(['a']);
    await project();
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('by several processes at once ends with complete documents, in any order', async () => {
    for (let round = 0; round < 30; round++) await addTo(`tally${round % 5}`, 1);
    await data.readModels.apply(TALLIES.collection, [
      { id: 'ghost', position: 'memory:9999999999999999', body: { total: 1, additions: 1 } },
    ]);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => rebuild(PROJECTION, ports, signal)));
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(
      outcomes
        .filter(({ status }) => status === 'rejected')
        .every((outcome) => (outcome as PromiseRejectedResult).reason instanceof Fenced),
    ).toBe(true);
    await project();
    expect((await ids()).toSorted()).toEqual(['tally0', 'tally1', 'tally2', 'tally3', 'tally4']);
    expect(await data.readModels.get(TALLIES.collection, ['tally0'])).toMatchObject([{ body: { total: 6, additions: 6 } }]);
  });

  it('overtaken by another one leaves the checkpoint deleted, so that no event is missed', async () => {
    await addTo('a', 1);
    await project();
    const overtaken: ReadModels = Object.assign(Object.create(data.readModels) as ReadModels, {
      promote: async (staged: Collection, live: Collection) => {
        if (live.name === TALLIES.collection.name) await data.checkpoints.advance('rebuild:tallies', '1', '2');
        await data.readModels.promote(staged, live);
      },
      get: (...given: Parameters<ReadModels['get']>) => data.readModels.get(...given),
      standing: (...given: Parameters<ReadModels['standing']>) => data.readModels.standing(...given),
      apply: (...given: Parameters<ReadModels['apply']>) => data.readModels.apply(...given),
    });
    await expect(rebuild(PROJECTION, { ...ports, readModels: overtaken }, signal)).rejects.toThrow(Fenced);
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBeNull();
    await addTo('b', 2);
    await project();
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('of an empty log is an empty collection', async () => {
    expect(await rebuild(PROJECTION, ports, signal)).toEqual({ events: 0, read: 0, position: null });
    expect(await ids()).toEqual([]);
    await addTo('a', 1);
    await project();
    expect(await ids()).toEqual(['a']);
  });
});

describe('a rebuild over a log with incomplete answers', () => {
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

  beforeEach(async () => {
    for (let round = 0; round < 12; round++) await addTo(`tally${round % 5}`, round);
    await project();
  });

  it('gives the same documents as over a complete one, also where the head is reported too early', async () => {
    const live = await hashCollection(data.readModels, TALLIES.collection);
    await fc.assert(
      fc.asyncProperty(shares, shares, async (pages, heads) => {
        await rebuild(PROJECTION, { ...ports, store: shortAnswers(data.store, { pages, heads }) }, signal);
        expect(await hashCollection(data.readModels, TALLIES.collection)).toEqual(live);
        expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
      }),
    );
  });

  it('keeps the live documents where the log does not return the events they reflect', async () => {
    const live = await hashCollection(data.readModels, TALLIES.collection);
    const forGood = Array<number>(200).fill(0);
    await expect(
      rebuild(PROJECTION, { ...ports, store: shortAnswers(data.store, { pages: forGood, heads: forGood }) }, signal),
    ).rejects.toThrow(Unavailable);
    expect(await hashCollection(data.readModels, TALLIES.collection)).toEqual(live);
    expect(await data.checkpoints.load(checkpointOf(PROJECTION))).toBe(await data.store.head());
  });
});

describe('the same fold elsewhere', () => {
  it('into other read models can be compared with the live ones', async () => {
    await addTo('a', 1);
    await addTo('b', 2);
    await project();
    const aside = new MemoryReadModels();
    await foldFromStart(PROJECTION, TALLIES.collection, ports, aside, signal);
    expect(await hashCollection(aside, TALLIES.collection)).toEqual(await hashCollection(data.readModels, TALLIES.collection));
    await data.readModels.apply(TALLIES.collection, [{ id: 'a', position: 'memory:9999999999999999', body: { total: 99, additions: 1 } }]);
    expect(await hashCollection(aside, TALLIES.collection)).not.toEqual(await hashCollection(data.readModels, TALLIES.collection));
  });

  it('of one document directly from its stream', async () => {
    await addTo('a', 1);
    await executor.execute(TALLY, 'a', seal(), envelope());
    expect(foldDocument(TALLIES, await data.store.read('tally-a', 0, 10))).toEqual({ total: 1, additions: 1 });
    expect(foldDocument(TALLIES, [])).toBeNull();
  });
});
