import { isTooLong, periodNamed, spanBetween } from './date-span.js';

const NEW_YORK = 'America/New_York';
const NOW = '2026-11-23T15:00:00.000Z';

describe('what a date names', () => {
  it.each([
    ['a day', '2011-07-31', '2011-07-31T04:00:00.000Z', '2011-08-01T03:59:59.999Z'],
    ['the day the clocks go forward', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
    ['the day they go back', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
    ['a leap day', '2028-02-29', '2028-02-29T05:00:00.000Z', '2028-03-01T04:59:59.999Z'],
    ['a local minute', '2026-07-01T09:30', '2026-07-01T13:30:00.000Z', '2026-07-01T13:30:00.999Z'],
    ['a local second', '2026-07-01T09:30:15.75', '2026-07-01T13:30:15.000Z', '2026-07-01T13:30:15.999Z'],
    ['a local time that comes twice', '2026-11-01T01:30:00', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.999Z'],
    ['a local time that is skipped', '2026-03-08T02:30:00', '2026-03-08T07:30:00.000Z', '2026-03-08T07:30:00.999Z'],
    ['UTC', '2026-07-01T09:30:15Z', '2026-07-01T09:30:15.000Z', '2026-07-01T09:30:15.999Z'],
    ['UTC, with a fraction', '2026-07-01T09:30:15.999Z', '2026-07-01T09:30:15.000Z', '2026-07-01T09:30:15.999Z'],
    ['a zone of its own', '2026-07-01T09:30:15+02:00', '2026-07-01T07:30:15.000Z', '2026-07-01T07:30:15.999Z'],
    ['a zone without its colon, to the minute', '2026-07-01T09:30-0400', '2026-07-01T13:30:00.000Z', '2026-07-01T13:30:00.999Z'],
  ])('%s', (_what, text, from, to) => expect(periodNamed(text, NEW_YORK)).toEqual({ from, to }));

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31T10:00:00',
    '2026-02-30T10:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T10:60:00',
    '2026-01-01T10:00:00+99:00',
    '2026-01-01T10',
    '0000-01-01',
    '9999-12-31',
    '9999-12-31T23:59:59-01:00',
    '20260101',
    'yesterday',
    '',
  ])('nothing by %j', (text) => expect(periodNamed(text, NEW_YORK)).toBeNull());
});

describe('the span of a list', () => {
  const named = (text: string) => periodNamed(text, NEW_YORK);
  it('holds the last day of a month, and ends before the next', () => {
    expect(spanBetween(named('2011-07-01'), named('2011-07-31'), NOW)).toEqual({
      from: '2011-07-01T04:00:00.000Z',
      to: '2011-08-01T03:59:59.999Z',
    });
  });

  it('is 90 days where an end is open', () => {
    expect(spanBetween(named('2026-07-01'), null, NOW)).toEqual({ from: '2026-07-01T04:00:00.000Z', to: '2026-09-29T03:59:59.999Z' });
    expect(spanBetween(null, named('2026-09-28'), NOW)).toEqual({ from: '2026-07-01T04:00:00.000Z', to: '2026-09-29T03:59:59.999Z' });
    expect(spanBetween(null, null, NOW)).toEqual({ from: '2026-08-25T15:00:00.001Z', to: NOW });
  });

  it.each(['America/New_York', 'Asia/Tokyo', 'UTC'])('reaches no further than instants do, in %s', (zone) => {
    const ends = [
      '0000-01-01',
      '0000-01-02',
      '9999-12-30',
      '9999-12-31',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '9999-12-31T23:59:59',
    ];
    for (const text of ends) {
      const period = periodNamed(text, zone);
      for (const [start, end] of [
        [period, null],
        [null, period],
        [period, period],
      ] as const) {
        const { from, to } = spanBetween(start, end, NOW);
        expect([text, from <= to, from >= '0000-01-01T00:00:00.000Z', to <= '9999-12-31T23:59:59.999Z']).toEqual([text, true, true, true]);
      }
    }
  });

  it('is too long from the 91st day on, also over a clock change', () => {
    expect(isTooLong(spanBetween(named('2026-09-01'), named('2026-11-29'), NOW))).toBe(false);
    expect(isTooLong(spanBetween(named('2026-09-01'), named('2026-11-30'), NOW))).toBe(true);
  });
});
