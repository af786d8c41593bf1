import { type AddressedRecord, batchesOf } from './batches.js';

const record = (key: string, partition: number, bytes = 1_000): AddressedRecord => ({
  topic: 'city',
  partition,
  key,
  value: Buffer.alloc(bytes),
  headers: {},
});
const keys = (records: readonly AddressedRecord[]) =>
  batchesOf(records).map(({ partition, batches }) => [partition, batches.map((batch) => batch.map(({ key }) => key))]);

describe('a page that is published', () => {
  it('is sorted by partition, in order', () => {
    expect(keys([record('a', 1), record('b', 0), record('c', 1)])).toEqual([
      [1, [['a', 'c']]],
      [0, [['b']]],
    ]);
  });

  it('keeps topics apart', () => {
    expect(batchesOf([record('a', 1), { ...record('b', 1), topic: 'elsewhere' }]).map(({ topic }) => topic)).toEqual(['city', 'elsewhere']);
  });

  it('is cut into batches that a broker takes', () => {
    expect(keys([record('a', 0, 300_000), record('b', 0, 200_000), record('c', 0, 1), record('d', 0, 800_000), record('e', 0, 1)])).toEqual(
      [[0, [['a', 'b'], ['c'], ['d'], ['e']]]],
    );
  });

  it('holds no event that a broker would refuse', () => {
    expect(() => batchesOf([record('a', 0, 900_001)])).toThrow('smaller than a broker takes');
  });

  it('may be empty', () => {
    expect(batchesOf([])).toEqual([]);
  });
});
