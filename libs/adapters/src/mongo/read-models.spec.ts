import type { Collection, DocumentBody, Put, ReadModels } from '@onedoor/engine';
import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import fc from 'fast-check';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';

const CASES: Collection = { name: 'cases', version: 1, indexes: [['department', 'dueAt'], ['dueAt']] };
const STAGED: Collection = { ...CASES, name: 'cases_next' };

describe('read models in MongoDB', () => {
  let double: MongoDouble;
  let data: MongoUnderTest;
  let readModels: ReadModels;
  beforeAll(async () => {
    double = await startMongoDouble();
  });
  afterAll(() => double.close());
  beforeEach(async () => {
    data = await openMongoUnderTest(double.url);
    readModels = data.readModels;
  });
  afterEach(() => data.close());

  const views = async (): Promise<readonly string[]> => {
    const listed = (await data.server.db?.listCollections().toArray()) ?? [];
    return listed.map(({ name }) => name).filter((name) => name.startsWith('view_'));
  };

  it('gives any body back exactly, with any names of fields', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('$set', 'a.b', '__proto__', '_id')),
          fc.jsonValue({ noUnicodeString: false }),
        ),
        async (body) => {
          const position = `p${String(runs++).padStart(6, '0')}`;
          await readModels.apply(CASES, [{ id: 'a', position, body }]);
          const [found] = await readModels.get(CASES, ['a']);
          expect(JSON.stringify(found?.body)).toBe(JSON.stringify(body));
        },
      ),
      { numRuns: 50 },
    );
  });
  let runs = 0;

  it('finds a document no more by a value that it lost', async () => {
    await readModels.apply(CASES, [{ id: 'a', position: 'p1', body: { department: 'parks', dueAt: '1' } }]);
    await readModels.apply(CASES, [{ id: 'a', position: 'p2', body: { department: 'parks' } }]);
    expect(await readModels.find(CASES, { where: { dueAt: '1' }, limit: 5 })).toEqual([]);
    await readModels.apply(CASES, [{ id: 'a', position: 'p3', body: {} }]);
    expect(await readModels.find(CASES, { where: { department: 'parks' }, limit: 5 })).toEqual([]);
  });

  it('makes the indexes that are declared, and takes changed ones without building the documents anew', async () => {
    const keys = async (): Promise<readonly string[]> => {
      const [physical = ''] = await views();
      return (await data.server.collection(physical).listIndexes().toArray()).map(({ key }) => Object.keys(key).join()).sort();
    };
    await readModels.apply(CASES, [{ id: 'a', position: 'p', body: { dueAt: '1', priority: 2 } }]);
    expect(await keys()).toEqual(['_id', 'fields.department,fields.dueAt,_id', 'fields.dueAt,_id']);
    await readModels.apply({ ...CASES, indexes: [['dueAt'], ['priority']] }, []);
    expect(await keys()).toEqual(['_id', 'fields.dueAt,_id', 'fields.priority,_id']);
  });

  it('lets the newest position win, however many write at once through several connections', async () => {
    const connections = [readModels, (await data.another()).readModels, (await data.another()).readModels];
    const position = (number: number): string => `p${String(number).padStart(4, '0')}`;
    const write = fc.record({ connection: fc.nat(2), id: fc.constantFrom('a', 'b', 'c'), number: fc.nat(30), isDeletion: fc.boolean() });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 20 }), async (writes) => {
        const collection = { ...CASES, name: `race_${run++}` };
        const puts = writes.map(({ id, number, isDeletion }): Put => ({
          id,
          position: position(number),
          body: isDeletion ? null : { number },
        }));
        await Promise.all(writes.map(({ connection }, index) => connections[connection]?.apply(collection, puts.slice(index, index + 1))));
        for (const id of ['a', 'b', 'c']) {
          const newest = puts.filter((put) => put.id === id).sort((one, other) => (one.position < other.position ? 1 : -1))[0]?.position;
          const [found] = await readModels.get(collection, [id]);
          const possible = puts.filter((put) => put.id === id && put.position === newest).map(({ body }) => body);
          expect(found === undefined ? [null, undefined] : possible).toContainEqual(found?.body ?? possible.find((body) => body === null));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('shows every reader all of the old documents or all of the new ones while they change places', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    const fill = (collection: Collection, generation: number) =>
      readModels.apply(
        collection,
        ids.map((id): Put => ({ id, position: `p${generation}`, body: { generation, dueAt: id } })),
      );
    await fill(CASES, 0);
    let isOver = false;
    const seen = new Set<string>();
    const watch = async (reader: ReadModels): Promise<void> => {
      for (let latest = 0; !isOver;) {
        for (const read of [() => reader.get(CASES, ids), () => reader.find(CASES, { sort: { field: 'dueAt' }, limit: 200 })]) {
          const bodies = (await read()).map(({ body }): DocumentBody => body);
          const generations = new Set(bodies.map(({ generation }) => Number(generation)));
          seen.add(`${bodies.length} documents of ${generations.size} generation`);
          const generation = [...generations][0] ?? -1;
          if (generation < latest) seen.add('an older generation after a newer one');
          latest = generation;
        }
      }
    };
    const watching = Promise.all([watch(readModels), watch((await data.another()).readModels), watch((await data.another()).readModels)]);
    for (let generation = 1; generation <= 5; generation++) {
      await fill(STAGED, generation);
      await readModels.promote(STAGED, CASES);
    }
    isOver = true;
    await watching;
    expect([...seen]).toEqual(['120 documents of 1 generation']);
    expect(await views()).toHaveLength(1);
  });

  it('writes where readers look, even when the collection changed places since this process last looked', async () => {
    const other = (await data.another()).readModels;
    await readModels.apply(CASES, [{ id: 'old', position: 'p1', body: {} }]);
    await other.apply(STAGED, [{ id: 'new', position: 'p1', body: {} }]);
    await other.promote(STAGED, CASES);
    await readModels.apply(CASES, [{ id: 'newer', position: 'p2', body: {} }]);
    expect((await other.get(CASES, ['old', 'new', 'newer'])).map(({ id }) => id)).toEqual(['new', 'newer']);
  });

  it('never hands out half of one collection and half of another as one', async () => {
    const many = Array.from({ length: 600 }, (_, index): Put => ({ id: `c${1_000 + index}`, position: 'p', body: {} }));
    await readModels.apply(CASES, many);
    await readModels.apply(STAGED, many);
    const pages = readModels.scan(CASES)[Symbol.asyncIterator]();
    expect((await pages.next()).value).toHaveLength(500);
    await readModels.promote(STAGED, CASES);
    await expect(pages.next()).rejects.toThrow('was replaced');
  });

  it('removes what an interrupted process left behind, and nothing else', async () => {
    await readModels.apply(CASES, [{ id: 'a', position: 'p', body: {} }]);
    await data.server.createCollection('view_cases_v1_leftover');
    await data.server.createCollection('something_else');
    await data.another();
    expect(await views()).not.toContain('view_cases_v1_leftover');
    expect(await data.server.db?.listCollections({ name: 'something_else' }).toArray()).toHaveLength(1);
    expect(await readModels.get(CASES, ['a'])).toHaveLength(1);
  });

  it('begins anew when the database was dropped under a running process', async () => {
    await readModels.apply(CASES, [{ id: 'a', position: 'p5', body: {} }]);
    await data.server.dropDatabase();
    expect(await readModels.get(CASES, ['a'])).toEqual([]);
    await readModels.apply(CASES, [{ id: 'a', position: 'p1', body: {} }]);
    expect(await (await data.another()).readModels.get(CASES, ['a'])).toHaveLength(1);
  });
});
