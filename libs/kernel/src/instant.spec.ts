import { instantOf, isInstant, laterOf, msOf, nearestInstant, parseInstant } from './instant.js';

describe('an instant', () => {
  it('has one spelling, so that strings compare as moments do', () => {
    const early = instantOf(Date.UTC(2011, 6, 1));
    const late = instantOf(Date.UTC(2026, 10, 21, 9, 30));
    expect(early).toBe('2011-07-01T00:00:00.000Z');
    expect(laterOf(early, late)).toBe(late);
    expect(msOf(late)).toBe(Date.UTC(2026, 10, 21, 9, 30));
  });

  it.each(['2011-07-01', '2011-07-01T00:00:00Z', '2011-13-01T00:00:00.000Z', '2011-02-30T00:00:00.000Z', '2011-07-01T24:00:00.000Z', ''])(
    'refuses %j',
    (text) => {
      expect(isInstant(text)).toBe(false);
    },
  );

  it('is the nearest there is where a count lies beyond the years 0 to 9999', () => {
    const [first, last] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
    expect([-Infinity, msOf(first) - 1, msOf(first), 0, msOf(last), msOf(last) + 1, Infinity].map(nearestInstant)).toEqual([
      first,
      first,
      first,
      instantOf(0),
      last,
      last,
      last,
    ]);
  });
});

describe('an instant parsed from RFC 3339', () => {
  it.each([
    ['2011-07-05T09:00:00-04:00', '2011-07-05T13:00:00.000Z'],
    ['2011-07-05 13:00:00.5z', '2011-07-05T13:00:00.500Z'],
    ['2011-07-05T13:00:00Z', '2011-07-05T13:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '',
    '2011-07-05',
    '2011-07-05T09:00:00',
    '2011-02-30T09:00:00Z',
    '2011-13-01T09:00:00Z',
    '2011-07-05T25:00:00Z',
    'yesterday',
    '9999-12-31T24:00:00Z',
    '9999-12-31T23:59:59-04:00',
    '0000-01-01T00:00:00+05:00',
    '2011-07-05T24:00:00Z',
    '2011-07-05T09:60:00Z',
    '2011-07-05T09:00:00-04:00 ',
  ])('%s is refused', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});
