import type { Collection, DocumentBody, Put, Query, ReadModels } from '@onedoor/engine';
import { findContract, type ReadModelsUnderTest } from './read-models-find.contract.js';

/** The guarantees of every store of read models. `open` gives a new and empty one each time. */
export function readModelsContract(name: string, open: () => Promise<ReadModelsUnderTest>): void {
  describe(`${name} as read models`, () => {
    documentsContract(open);
    findContract(open);
  });
}

const NOTES: Collection = { name: 'notes', version: 1, indexes: [['rank']] };
const put = (id: string, position: string, body: DocumentBody | null = { rank: 1, id }): Put => ({ id, position, body });

function documentsContract(open: () => Promise<ReadModelsUnderTest>): void {
  describe('documents', () => {
    let underTest: ReadModelsUnderTest;
    let readModels: ReadModels;
    beforeEach(async () => {
      underTest = await open();
      readModels = underTest.readModels;
    });
    afterEach(() => underTest.close());
    const everything = async (collection = NOTES): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const page of readModels.scan(collection)) ids.push(...page.map(({ id }) => id));
      return ids;
    };
    const byRank: Query = { where: { rank: { from: 0 } }, limit: 10 };

    it('answers empty for a collection that was never written', async () => {
      expect(await readModels.get(NOTES, ['a'])).toEqual([]);
      expect(await readModels.find(NOTES, byRank)).toEqual([]);
      expect(await everything()).toEqual([]);
      expect(await readModels.servedVersion('notes')).toBeNull();
    });

    it('returns documents unchanged, and leaves out ids that do not exist', async () => {
      const body = { text: 'Ünïcode 🕳️', deep: { list: [1, null, 'x'] }, empty: null, flag: false };
      await readModels.apply(NOTES, [put('a', 'p1', body), put('b', 'p2')]);
      expect(await readModels.get(NOTES, ['a'])).toEqual([{ id: 'a', position: 'p1', body }]);
      expect((await readModels.get(NOTES, ['b', 'absent', 'a', 'b'])).map(({ id }) => id).sort()).toEqual(['a', 'b']);
      expect(await readModels.get(NOTES, [])).toEqual([]);
      expect(await readModels.servedVersion('notes')).toBe(1);
    });

    it('ignores a put that is not newer', async () => {
      await readModels.apply(NOTES, [put('a', 'p5', { rank: 5 })]);
      await readModels.apply(NOTES, [put('a', 'p4', { rank: 4 }), put('b', 'p4', { rank: 4 })]);
      await readModels.apply(NOTES, [put('a', 'p5', { rank: 6 })]);
      expect(await readModels.get(NOTES, ['a'])).toEqual([{ id: 'a', position: 'p5', body: { rank: 5 } }]);
      await readModels.apply(NOTES, [put('a', 'p6', { rank: 6 }), put('a', 'p7', { rank: 7 })]);
      expect(await readModels.get(NOTES, ['a'])).toEqual([{ id: 'a', position: 'p7', body: { rank: 7 } }]);
      expect(await readModels.get(NOTES, ['b'])).toHaveLength(1);
    });

    it('compares positions by their place in the log, with or without an event id behind it', async () => {
      await readModels.apply(NOTES, [put('a', 'log:5', { rank: 5 }), put('b', 'log:5:e', { rank: 5 })]);
      await readModels.apply(NOTES, [put('a', 'log:5:e', { rank: 6 }), put('b', 'log:5', { rank: 6 })]);
      expect((await readModels.get(NOTES, ['a', 'b'])).map(({ body }) => body)).toEqual([{ rank: 5 }, { rank: 5 }]);
      await readModels.apply(NOTES, [put('a', 'log:6:f', { rank: 6 }), put('b', 'log:6:f', { rank: 6 })]);
      expect((await readModels.get(NOTES, ['a', 'b'])).map(({ position }) => position)).toEqual(['log:6:f', 'log:6:f']);
    });

    it('remembers the position of a deletion, until a newer put comes', async () => {
      await readModels.apply(NOTES, [put('a', 'p1'), put('b', 'p1')]);
      await readModels.apply(NOTES, [put('a', 'p3', null)]);
      await readModels.apply(NOTES, [put('a', 'p2')]);
      expect(await readModels.get(NOTES, ['a'])).toEqual([]);
      expect(await readModels.standing(NOTES, ['a', 'absent', 'a'])).toEqual([put('a', 'p3', null)]);
      expect(await readModels.standing(NOTES, ['b'])).toEqual([put('b', 'p1')]);
      expect(await readModels.standing({ ...NOTES, name: 'absent' }, ['b'])).toEqual([]);
      expect((await readModels.find(NOTES, byRank)).map(({ id }) => id)).toEqual(['b']);
      expect(await everything()).toEqual(['b']);
      await readModels.apply(NOTES, [put('a', 'p4')]);
      expect(await everything()).toEqual(['a', 'b']);
    });

    it('shows every acknowledged write, among many concurrent ones', async () => {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          await readModels.apply(NOTES, [put(`n${index}`, 'p1')]);
          expect(await readModels.get(NOTES, [`n${index}`])).toHaveLength(1);
        }),
      );
    });

    it('scans in the order of the ids, over many pages', async () => {
      const ids = Array.from({ length: 1_300 }, (_, index) => `n${(index * 7_919) % 1_300}`);
      await readModels.apply(
        NOTES,
        ids.map((id) => put(id, 'p1')),
      );
      await readModels.apply(NOTES, [put('ｚ', 'p1'), put('🕳', 'p1')]);
      expect(await everything()).toEqual([...ids.sort(), 'ｚ', '🕳']);
    });

    it('replaces the live collection by a staged one atomically', async () => {
      const next: Collection = { name: 'notes_next', version: 2, indexes: [['rank'], ['title']] };
      const live: Collection = { ...next, name: 'notes' };
      await readModels.apply(NOTES, [put('old', 'p9')]);
      await readModels.apply(next, [put('new', 'p1', { rank: 2, title: 'x' })]);
      expect(await readModels.servedVersion('notes')).toBe(1);
      expect(await everything()).toEqual(['old']);

      await readModels.promote(next, live);
      expect(await readModels.servedVersion('notes')).toBe(2);
      expect(await readModels.servedVersion('notes_next')).toBeNull();
      expect(await everything(live)).toEqual(['new']);
      expect(await everything(next)).toEqual([]);
      expect(await readModels.find(live, { where: { title: 'x' }, limit: 10 })).toHaveLength(1);
      await readModels.apply(live, [put('newer', 'p2', { rank: 3, title: 'y' })]);
      expect(await everything(live)).toEqual(['new', 'newer']);

      await readModels.apply(next, [put('again', 'p1', { rank: 1 })]);
      await readModels.promote(next, live);
      expect(await everything(live)).toEqual(['again']);
    });

    it('promotes a staged collection that was never written as an empty one', async () => {
      await readModels.apply(NOTES, [put('old', 'p9')]);
      await readModels.promote({ ...NOTES, name: 'notes_next' }, NOTES);
      expect(await everything()).toEqual([]);
      expect(await readModels.servedVersion('notes')).toBe(1);
    });

    it('keeps serving the former version, and refuses writes of another version to it', async () => {
      await readModels.apply(NOTES, [put('a', 'p1', { rank: 1 })]);
      const next: Collection = { ...NOTES, version: 2 };
      expect(await readModels.get(next, ['a'])).toHaveLength(1);
      expect(await readModels.find(next, byRank)).toHaveLength(1);
      await expect(readModels.apply(next, [put('b', 'p2')])).rejects.toThrow('Broken guarantee');
      expect(await everything()).toEqual(['a']);
    });
  });
}
