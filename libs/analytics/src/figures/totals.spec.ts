import fc from 'fast-check';
import { addTotals, NO_TOTALS, percentile, type Duration } from './totals.js';

const minutes = fc.array(fc.nat(50), { maxLength: 40 });
const counted = (all: readonly number[]): readonly Duration[] =>
  addTotals(all.map((one) => ({ ...NO_TOTALS, durations: [[one, 1]] }))).durations;

describe('a percentile', () => {
  it('is the nearest rank of the durations in their order, however these were merged', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(0.5, 0.9, 1), (all, share) => {
        const sorted = [...all].sort((one, other) => one - other);
        expect(percentile(counted(all), share)).toBe(sorted[Math.max(0, Math.ceil(share * all.length) - 1)] ?? null);
      }),
    );
  });

  it.each([
    [[3, 1], 1],
    [[3, 1, 2], 2],
    [[0], 0],
    [[], null],
  ])('the median of %j is %p', (all, median) => {
    expect(percentile(counted(all), 0.5)).toBe(median);
  });
});
