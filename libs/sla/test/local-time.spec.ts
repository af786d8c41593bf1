import fc from 'fast-check';
import { instantOfLocal, localDateOf } from '../src/index.js';
import { places } from './arbitraries.js';
import { NEW_YORK } from './fixtures.js';

describe('a local time', () => {
  it.each([
    ['2011-07-01 01:32:33', '2011-07-01T05:32:33.000Z', 'in summer'],
    ['2011-12-01 00:00:00', '2011-12-01T05:00:00.000Z', 'in winter'],
    ['2011-03-13 02:30:00', '2011-03-13T07:30:00.000Z', 'skipped by a clock change, so moved forward'],
    ['2011-11-06 01:30:00', '2011-11-06T05:30:00.000Z', 'twice, so the first'],
    ['2012-02-29 23:59:59', '2012-03-01T04:59:59.000Z', 'on a leap day'],
  ])('%s is %s: %s', (local, instant) => {
    expect(instantOfLocal(local, NEW_YORK)).toBe(instant);
  });

  it.each([
    ['2011-11-06T05:30:00.000Z', '2011-11-06T05:30:00.000Z'],
    ['2011-11-06T05:30:00.001Z', '2011-11-06T06:30:00.000Z'],
    ['2011-11-06T06:45:00.000Z', '2011-11-06T06:30:00.000Z'],
  ])('that occurs twice and is not before %s is %s', (notBefore, instant) => {
    expect(instantOfLocal('2011-11-06 01:30:00', NEW_YORK, notBefore)).toBe(instant);
  });

  it('that occurs once stays where it is, even before the bound', () => {
    expect(instantOfLocal('2011-07-01 00:00:00', NEW_YORK, '2012-01-01T00:00:00.000Z')).toBe('2011-07-01T04:00:00.000Z');
  });

  it.each([
    '',
    '2011-02-30 10:00:00',
    '2011-02-29 10:00:00',
    '1900-02-29 10:00:00',
    '2011-04-31 10:00:00',
    '2011-13-01 10:00:00',
    '2011-00-10 10:00:00',
    '2011-07-00 10:00:00',
    '2011-07-01 24:00:00',
    '2011-07-01 10:60:00',
    '2011-07-01 10:00:60',
    '2011-07-01',
    '2011-07-01T10:00:00',
    '2011-07-01 10:00',
    ' 2011-07-01 10:00:00',
    '7/1/2011 10:00:00',
    '0000-00-00 00:00:00',
    '0000-01-01 00:00:00',
    '9999-12-31 23:59:59',
  ])('is refused when it reads %j', (local) => {
    expect(instantOfLocal(local, NEW_YORK)).toBeNull();
  });

  it("equals Temporal's reading in every zone, around the changes of its clocks", () => {
    fc.assert(
      fc.property(places, ({ calendar: { zone }, startMs }) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO('UTC').toPlainDateTime().round('second');
        const text = wall.toString({ smallestUnit: 'second' }).replace('T', ' ');
        expect(instantOfLocal(text, zone)).toBe(wall.toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 }));
        const instant = Temporal.Instant.fromEpochMilliseconds(startMs);
        expect(localDateOf(instant.toString({ fractionalSecondDigits: 3 }), zone)).toBe(
          instant.toZonedDateTimeISO(zone).toPlainDate().toString(),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a local date', () => {
  it('changes at local midnight', () => {
    expect(localDateOf('2026-11-10T04:59:59.999Z', NEW_YORK)).toBe('2026-11-09');
    expect(localDateOf('2026-11-10T05:00:00.000Z', NEW_YORK)).toBe('2026-11-10');
    expect(localDateOf('2011-12-30T10:00:00.000Z', 'Pacific/Apia')).toBe('2011-12-31');
    expect(localDateOf('2011-12-30T09:59:59.999Z', 'Pacific/Apia')).toBe('2011-12-29');
  });

  it('needs a zone that exists', () => {
    expect(() => localDateOf('2026-11-10T05:00:00.000Z', 'Mars/Olympus')).toThrow('time zone');
  });
});
