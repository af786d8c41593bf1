import { openMemory, type MemoryData } from '@onedoor/adapters';
import { checkpointOf, Fenced, hashCollection, Unavailable, type Collection, type ProjectorPorts } from '@onedoor/engine';
import { AlarmLog, HastyClock, shortAnswers } from '@onedoor/testkit';
import { hear, hours, monday, tellings } from '../../test/analytics.fixtures.js';
import { FiguresProjector, rebuildFigures } from './figures-projector.worker.js';
import { CONTRIBUTIONS, FIGURES, LEAVES } from './collections.js';
import { readFigures } from './read-figures.service.js';

const STORIES = ['A', 'B', 'C'].map((reference, index) =>
  tellings({
    reference,
    service: 'pothole',
    submittedAt: hours(index),
    rounds: [
      {
        departments: ['works', 'parks'],
        due: [hours(48)],
        isBreached: index === 1,
        breachedWith: 'last',
        excused: index === 1 ? 'after its end' : null,
        end: { at: hours(50), outcome: 'fixed' },
      },
    ],
  }),
);
const { signal } = new AbortController();

let data: MemoryData;
let ports: ProjectorPorts;

beforeEach(() => {
  data = openMemory();
  ports = { ...data, clock: new HastyClock(monday), alarm: new AlarmLog().alarm };
});

const catchUp = (over: Partial<ProjectorPorts> = {}): Promise<void> =>
  new FiguresProjector({ ...ports, ...over }).run({ signal, untilCaughtUp: true });
const hearStory = async (index: number): Promise<void> => hear(data.store, Object.values(STORIES[index] ?? {}).flat());
const hashes = (): Promise<readonly string[]> =>
  Promise.all([CONTRIBUTIONS, LEAVES].map(async (one) => (await hashCollection(data.readModels, one)).hash));
const documents = async (collection: Collection): Promise<number> => (await hashCollection(data.readModels, collection)).documents;

describe('the projector of figures', () => {
  it('goes on where it stood, to what a rebuild gives', async () => {
    for (const index of STORIES.keys()) {
      await hearStory(index);
      await catchUp();
      expect(await data.checkpoints.load(checkpointOf(FIGURES))).toBe(await data.store.head());
    }
    const live = await hashes();
    // Opened, closed and due of three cases, in one leaf a day: nothing is left with the department that handed over.
    expect([await documents(CONTRIBUTIONS), await documents(LEAVES)]).toEqual([9, 4]);
    await rebuildFigures(ports, signal);
    expect(await hashes()).toEqual(live);
    expect(await data.checkpoints.load(checkpointOf(FIGURES))).toBe(await data.store.head());
  });

  it('builds anew what an older build left, and the half of a rebuild that broke off', async () => {
    await hearStory(0);
    await catchUp();
    const current = await hashes();
    const older = { ...LEAVES, name: 'older', version: LEAVES.version - 1 };
    const leftOver = { ...CONTRIBUTIONS, name: `${CONTRIBUTIONS.name}_next` };
    await data.readModels.apply(older, [{ id: 'old', position: '0', body: { period: monday } }]);
    await data.readModels.promote(older, { ...LEAVES, version: older.version });
    await data.readModels.apply(leftOver, [{ id: 'half', position: '0', body: {} }]);
    await catchUp();
    expect(await hashes()).toEqual(current);
  });

  it('leaves figures that can be read where an older build knew no excuses, until they are built anew', async () => {
    await hearStory(0);
    await catchUp();
    const query = { from: '2026-03-01', to: '2026-03-31', by: [] };
    const rows = await readFigures(data.readModels, query);
    expect(rows).toMatchObject([{ opened: 1, met: 1, excused: 0 }]);
    const older = { ...LEAVES, name: 'older', version: LEAVES.version - 1 };
    for await (const page of data.readModels.scan(LEAVES))
      await data.readModels.apply(
        older,
        page.map(({ id, position, body: { excused: _, ...body } }) => ({ id, position, body })),
      );
    await data.readModels.promote(older, { ...LEAVES, version: older.version });
    expect(await readFigures(data.readModels, query)).toEqual(rows);
  });

  it('stops where another one moved its checkpoint', async () => {
    await hearStory(0);
    const checkpoints = { load: () => Promise.resolve(null), advance: () => Promise.resolve(false) };
    await expect(catchUp({ checkpoints })).rejects.toThrow(Fenced);
  });

  it('loses no contribution over a log that answers too little, live or built anew', async () => {
    for (const index of STORIES.keys()) await hearStory(index);
    await catchUp();
    const live = await hashes();
    const other = openMemory();
    const short = { reads: [0, 0.5, 0, 0.9], pages: [0.1, 0.5, 0.2], heads: [0.3] };
    await catchUp({ ...other, store: shortAnswers(data.store, { ...short, heads: [] }) });
    expect((await hashCollection(other.readModels, LEAVES)).hash).toBe(live[1]);
    await rebuildFigures({ ...ports, store: shortAnswers(data.store, short) }, signal);
    expect(await hashes()).toEqual(live);
    const forGood = Array<number>(200).fill(0);
    await expect(rebuildFigures({ ...ports, store: shortAnswers(data.store, { pages: forGood, heads: forGood }) }, signal)).rejects.toThrow(
      Unavailable,
    );
    expect(await hashes()).toEqual(live);
  });
});
