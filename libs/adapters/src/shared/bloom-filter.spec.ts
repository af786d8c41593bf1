import fc from 'fast-check';
import { BloomFilter } from './bloom-filter.js';

describe('a Bloom filter', () => {
  it('never says that what was added is absent, however full it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 300 }), (names) => {
        const filter = new BloomFilter(10);
        for (const name of names) filter.add(name);
        expect(names.every((name) => filter.mayHold(name))).toBe(true);
      }),
    );
  });

  it('knows nearly all of what is absent', () => {
    const filter = new BloomFilter(20_000);
    const name = (number: number): string => `request-9JX${number.toString(32).toUpperCase().padStart(8, '0')}`;
    for (let number = 0; number < 20_000; number++) filter.add(name(number));
    expect(filter.isFull).toBe(true);
    const mistaken = Array.from({ length: 20_000 }, (_none, index) => name(20_000 + index)).filter((absent) => filter.mayHold(absent));
    expect(mistaken.length).toBeLessThan(400);
  });
});
