import fc from 'fast-check';
import type { Document } from './document.js';
import { conditionsOf, matches } from './filter.js';
import { compareValues } from './order.js';
import { StoredCollection } from './stored-collection.js';

const value = fc.oneof(fc.constantFrom('', 'a', 'b', 'ｚ', '🕳'), fc.integer({ min: -2, max: 2 }), fc.constant(null), fc.boolean());
const fields = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] });
const id = fc.constantFrom(...Array.from({ length: 12 }, (_, index) => `id${index}`));
const change = fc.record({ id, fields: fc.option(fields) });
const condition = fc.oneof(
  value,
  fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
  fc.record({ $gte: value, $lt: value }, { requiredKeys: [] }).filter((bounds) => Object.keys(bounds).length > 0),
  fc.constant({ $ne: null }),
);
const filter = fc.record({ a: condition, b: condition, c: condition, _id: fc.oneof(id, fc.record({ $gt: id })) }, { requiredKeys: [] });
const direction = fc.constantFrom(1 as const, -1 as const);
const sort = fc.tuple(fc.constantFrom('a', 'b', 'c'), direction, direction).map(([path, one, other]) => ({ [path]: one, _id: other }));
const query = fc.record({ filter, sort, skip: fc.nat(3), limit: fc.nat(5) });

describe('a collection of the double', () => {
  it('finds by its indexes what a full scan finds', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ changes: fc.array(change, { maxLength: 90 }), query }), { maxLength: 4 }), (rounds) => {
        const collection = new StoredCollection('test.documents');
        collection.createIndex({ name: 'abid', key: { a: 1, b: 1, _id: 1 } });
        collection.createIndex({ name: 'cid', key: { c: 1, _id: 1 } });
        const all = new Map<string, Document>();
        for (const { changes, query } of rounds) {
          for (const { id: _id, fields } of changes) {
            const former = all.get(_id);
            if (fields === null) {
              if (former) collection.remove(former);
              all.delete(_id);
              continue;
            }
            const document = { _id, ...fields };
            if (former) collection.replace(document);
            else collection.insert(document);
            all.set(_id, document);
          }
          const { skip, limit, sort, filter } = query;
          const conditions = conditionsOf(filter);
          const found = [...all.values()].filter((document) => matches(document, conditions)).sort(by(sort));
          expect(collection.find(conditions, { skip, limit, sort })).toEqual(found.slice(skip, limit === 0 ? undefined : skip + limit));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('accepts a key once, by id and by every unique index', () => {
    const collection = new StoredCollection('test.documents');
    collection.createIndex({ name: 'code', key: { code: 1 }, unique: true });
    collection.insert({ _id: 'a', code: 1 });
    expect(() => collection.insert({ _id: 'a', code: 2 })).toThrow('E11000');
    expect(() => collection.insert({ _id: 'b', code: 1 })).toThrow('E11000');
    collection.replace({ _id: 'a', code: 2 });
    collection.insert({ _id: 'b', code: 1 });
    expect(() => collection.replace({ _id: 'b', code: 2 })).toThrow('E11000');
    collection.remove({ _id: 'a', code: 2 });
    collection.replace({ _id: 'b', code: 2 });
    expect(collection.find(conditionsOf({ code: { $gte: 1 } }))).toEqual([{ _id: 'b', code: 2 }]);
  });

  it('refuses unknown operators instead of ignoring them', () => {
    expect(() => conditionsOf({ a: { $near: 1 } })).toThrow('$near');
    expect(() => conditionsOf({ $where: '1' })).toThrow('$where');
  });
});

const by =
  (sort: Readonly<Record<string, 1 | -1>>) =>
  (one: Document, other: Document): number =>
    Object.entries(sort).reduce((order, [path, direction]) => order || direction * compareValues(one[path], other[path]), 0);
