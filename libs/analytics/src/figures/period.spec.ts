import { DAY_MS } from '@onedoor/kernel';
import fc from 'fast-check';
import { before, covering, dayAfter, monthsOf, periodAt, type PeriodRange } from './period.js';

const days = fc.integer({ min: 0, max: 1_500 }).map((count) => new Date(Date.UTC(2010, 11, 1) + count * DAY_MS).toISOString().slice(0, 10));
const spans = fc.tuple(days, days).map(([one, other]) => (one < other ? ([one, other] as const) : ([other, one] as const)));

const holds = ({ level, from, to }: PeriodRange, day: string): boolean => periodAt(level, day) >= from && periodAt(level, day) <= to;

describe('a span of days', () => {
  it('is covered by periods that hold each of its days once, and no other', () => {
    fc.assert(
      fc.property(spans, days, ([from, to], day) => {
        expect(covering(from, to).filter((range) => holds(range, day))).toHaveLength(day >= from && day <= to ? 1 : 0);
      }),
    );
  });

  it('has everything before it in whole years, months and days, each once', () => {
    fc.assert(
      fc.property(days, days, (first, day) => {
        expect(before(first).filter((range) => holds(range, day))).toHaveLength(day < first ? 1 : 0);
      }),
    );
  });

  it('is whole months wherever it can be', () => {
    expect(covering('2011-07-01', '2011-09-30')).toEqual([{ level: 'month', from: '2011-07', to: '2011-09' }]);
    expect(covering('2011-06-30', '2011-08-01')).toEqual([
      { level: 'day', from: '2011-06-30', to: '2011-06-30' },
      { level: 'month', from: '2011-07', to: '2011-07' },
      { level: 'day', from: '2011-08-01', to: '2011-08-01' },
    ]);
    expect(covering('2011-07-02', '2011-07-30')).toEqual([{ level: 'day', from: '2011-07-02', to: '2011-07-30' }]);
    expect(before('2012-01-01')).toEqual([{ level: 'year', from: '0000', to: '2011' }]);
  });

  it('touches its months over the turn of a year', () => {
    expect(monthsOf('2011-11-30', '2012-02-01')).toEqual(['2011-11', '2011-12', '2012-01', '2012-02']);
    expect(dayAfter('2012-02-28')).toBe('2012-02-29');
  });
});
