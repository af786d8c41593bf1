import type { Collection, FieldValue, Query, ReadModels } from '@onedoor/engine';
import fc from 'fast-check';

/** New and empty read models for one test. */
export interface ReadModelsUnderTest {
  readonly readModels: ReadModels;
  close(): Promise<void>;
}

const CASES: Collection = {
  name: 'cases',
  version: 1,
  indexes: [['department', 'isLate', 'dueAt'], ['dueAt'], ['priority'], ['isLate'], ['title']],
};

/** Querying one page by an index. */
export function findContract(open: () => Promise<ReadModelsUnderTest>): void {
  describe('find', () => {
    let underTest: ReadModelsUnderTest;
    let readModels: ReadModels;
    // Queries change nothing, so all of them run on the same documents.
    beforeAll(async () => {
      underTest = await open();
      readModels = underTest.readModels;
      await readModels.apply(CASES, [
        { id: 'a', position: 'p', body: { department: 'parks', dueAt: '2026-01-03', priority: 2, isLate: true, title: 'Zebra' } },
        { id: 'b', position: 'p', body: { department: 'parks', dueAt: '2026-01-01', priority: 10, isLate: false, title: 'apple' } },
        { id: 'c', position: 'p', body: { department: 'roads', dueAt: '2026-01-01', priority: 2.5, isLate: true, title: "O'Neil; --" } },
        { id: 'd', position: 'p', body: { department: null, dueAt: '2026-01-02', priority: -1, isLate: false, title: '' } },
        { id: 'e', position: 'p', body: { department: 'roads', priority: 2, isLate: false, title: 'Ünïcode 🕳' } },
      ]);
    });
    afterAll(() => underTest.close());
    const find = async (query: Partial<Query>) => (await readModels.find(CASES, { limit: 100, ...query })).map(({ id }) => id);

    it.each<[string, NonNullable<Query['where']>, string]>([
      ['a text', { department: 'parks' }, 'ab'],
      ['a text with quotes', { title: "O'Neil; --" }, 'c'],
      ['the empty text', { title: '' }, 'd'],
      ['a text beyond ASCII', { title: 'Ünïcode 🕳' }, 'e'],
      ['a number', { priority: 2 }, 'ae'],
      ['true', { isLate: true }, 'ac'],
      ['false', { isLate: false }, 'bde'],
      ['null', { department: null }, 'd'],
      ['null where the field is absent', { dueAt: null }, 'e'],
      ['one of several', { department: { in: ['roads', 'water', 'parks'] } }, 'abce'],
      ['one of one', { department: { in: ['roads'] } }, 'ce'],
      ['one of none', { department: { in: [] } }, ''],
      ['one of several or null', { department: { in: ['parks', null] } }, 'abd'],
      ['one of several booleans', { isLate: { in: [true, false] } }, 'abcde'],
      ['a range from', { dueAt: { from: '2026-01-02' } }, 'ad'],
      ['a range to', { dueAt: { to: '2026-01-02' } }, 'bcd'],
      ['a range of both ends', { priority: { from: 2, to: 2.5 } }, 'ace'],
      ['an open range', { dueAt: {} }, 'abcd'],
      ['numbers by their size', { priority: { from: 3 } }, 'b'],
      ['several fields', { department: 'parks', isLate: true }, 'a'],
      ['fields that nothing meets', { department: 'parks', priority: 2.5 }, ''],
    ])('filters by %s', async (_, where, expected) => {
      expect((await find({ where })).sort().join('')).toBe(expected);
    });

    it.each<[string, Partial<Query>, string]>([
      ['by a text, ties by id', { sort: { field: 'dueAt' } }, 'bcda'],
      ['by a text downwards, ties too', { sort: { field: 'dueAt', descending: true } }, 'adcb'],
      ['by a number', { sort: { field: 'priority' } }, 'daecb'],
      ['by a boolean', { sort: { field: 'isLate', descending: true } }, 'caedb'],
      ['by a text beyond ASCII', { sort: { field: 'title' } }, 'dcabe'],
      ['within a filter', { where: { isLate: false }, sort: { field: 'dueAt', descending: true } }, 'db'],
      ['by id when nothing is said', {}, 'abcde'],
    ])('sorts %s', async (_, query, expected) => {
      expect((await find(query)).join('')).toBe(expected);
    });

    it('returns at most `limit` documents, after skipping `skip`', async () => {
      expect(await find({ sort: { field: 'dueAt' }, limit: 2 })).toEqual(['b', 'c']);
      expect(await find({ sort: { field: 'dueAt' }, skip: 1, limit: 2 })).toEqual(['c', 'd']);
      expect(await find({ sort: { field: 'dueAt' }, skip: 9, limit: 2 })).toEqual([]);
      expect(await find({ sort: { field: 'dueAt' }, after: { value: '2026-01-01', id: 'b' }, skip: 1, limit: 1 })).toEqual(['d']);
      expect(await find({ after: { value: null, id: 'b' }, limit: 2 })).toEqual(['c', 'd']);
    });

    it('pages with `after` over ties, ascending and descending, and returns each document once', async () => {
      const TIES: Collection = { name: 'ties', version: 1, indexes: [['group', 'rank'], ['rank']] };
      const ids = Array.from({ length: 40 }, (_, index) => `t${String(index).padStart(2, '0')}`);
      const rankOf = (index: number): string => ['', 'a', 'b', 'ü'].at((index * 7) % 4) ?? '';
      await readModels.apply(
        TIES,
        ids.map((id, index) => ({ id, position: 'p', body: { rank: rankOf(index), group: index % 2 === 0 } })),
      );
      await fc.assert(
        fc.asyncProperty(fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 12 }), async (descending, isFiltered, limit) => {
          const query: Query = { sort: { field: 'rank', descending }, ...(isFiltered && { where: { group: true } }), limit: 100 };
          const all = await readModels.find(TIES, query);
          expect(all).toHaveLength(isFiltered ? 20 : 40);
          const paged: (typeof all)[number][] = [];
          for (;;) {
            const last = paged.at(-1);
            const after = last && { value: last.body['rank'] as FieldValue, id: last.id };
            const page = await readModels.find(TIES, { ...query, limit, ...(after && { after }) });
            if (page.length === 0) break;
            paged.push(...page);
          }
          expect(paged).toEqual(all);
        }),
        { numRuns: 30 },
      );
    });

    it('rejects a field without an index, and a page without bound, as a programming error', async () => {
      await expect(find({ where: { colour: 'red' } })).rejects.toThrow('Broken guarantee');
      await expect(find({ sort: { field: 'colour' } })).rejects.toThrow('Broken guarantee');
      await expect(find({ limit: 1_001 })).rejects.toThrow('Broken guarantee');
    });
  });
}
