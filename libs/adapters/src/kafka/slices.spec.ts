import { slicesOf } from './slices.js';

const messages = (count: number) => Array.from({ length: count }, (_, index) => ({ offset: String(1_000 + index) }));
const shape = (count: number, lastOffset: string) =>
  slicesOf(messages(count), lastOffset).map((slice) => [slice.messages[0]?.offset, slice.messages.length, slice.next]);

describe('what was fetched from a partition', () => {
  it('is handed in slices, each with the place behind it', () => {
    expect(shape(450, '1449')).toEqual([
      ['1000', 200, 1_200n],
      ['1200', 200, 1_400n],
      ['1400', 50, 1_450n],
    ]);
  });

  it('ends behind what no handler sees', () => {
    expect(shape(200, '1203')).toEqual([['1000', 200, 1_204n]]);
  });

  it('may be nothing', () => {
    expect(shape(0, '7')).toEqual([]);
  });
});
