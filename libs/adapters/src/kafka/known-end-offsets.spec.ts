import { KnownEndOffsets } from './known-end-offsets.js';

const ends = (...highs: readonly number[]) => new Map(highs.map((high, partition) => [partition, { low: 0n, high: BigInt(high) }]));

describe('the ends that are known of a topic', () => {
  it('take an answer that says as much or more', () => {
    const known = new KnownEndOffsets();
    for (const answer of [ends(0, 0), ends(5, 3), ends(5, 4)]) expect(known.wholeEnds('city', answer)).toBe(answer);
  });

  it('refuse an answer that falls behind what was published, handled or answered', () => {
    const known = new KnownEndOffsets();
    known.note('city', 1, 7n);
    expect(() => known.wholeEnds('city', ends(3, 0))).toThrow('partition 1 of city is said to end at 0, and reached 7 before');
    known.wholeEnds('city', ends(3, 7));
    expect(() => known.wholeEnds('city', ends(2, 7))).toThrow('partition 0');
    expect(known.wholeEnds('elsewhere', ends(0))).toEqual(ends(0));
  });

  it('remember nothing of an answer that they refuse', () => {
    const known = new KnownEndOffsets();
    known.note('city', 0, 7n);
    expect(() => known.wholeEnds('city', ends(3, 9))).toThrow();
    expect(known.wholeEnds('city', ends(7, 1))).toEqual(ends(7, 1));
  });

  it('refuse a list that leaves partitions out', () => {
    const known = new KnownEndOffsets();
    expect(() => known.wholePartitions('city', [])).toThrow('city is said to have 0 partitions');
    expect(() => known.wholePartitions('city', [0, 2])).toThrow('city is said to have 2 partitions, and has 3 at least');
    expect(known.wholePartitions('city', [1, 0, 2])).toBe(3);
    expect(() => known.wholePartitions('city', [0, 1])).toThrow();
    expect(() => known.wholeEnds('city', ends(4, 4))).toThrow();
    expect(known.wholePartitions('city', [0, 1, 2, 3])).toBe(4);
  });
});
