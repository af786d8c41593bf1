import { COLUMNS, line, openLine, type Column } from '../../test/boston-line.js';
import { csvFieldsOf, parseRecord, REQUIRED_COLUMNS, type BostonRecord } from './record.js';

const ZONE = 'America/New_York';
const parsed = (text: string) => parseRecord(text, COLUMNS, ZONE);
const record = (text: string): BostonRecord => {
  const result = parsed(text);
  if ('rejected' in result) throw new Error(result.rejected);
  return result.record;
};

describe('a record', () => {
  it("is read from its line, in the city's own time", () => {
    expect(record(line())).toEqual({
      id: '101000000001',
      openedAt: '2011-07-05T13:00:00.000Z',
      closedAt: '2011-07-06T14:30:00.000Z',
      type: 'Request for Pothole Repair',
      reason: 'Highway Maintenance',
      department: 'PWDx',
      address: '1 Example St  Testville  MA',
      lat: 42.3,
      long: -71.1,
      source: 'Constituent Call',
      closureReason: 'Case Closed Case Resolved',
    });
  });

  it('may be open', () => {
    expect(record(openLine())).toMatchObject({ closedAt: null, closureReason: '' });
  });

  it('may lack department, address and place', () => {
    expect(record(line({ department: ' ', location: '', latitude: '', longitude: '' }))).toMatchObject({
      department: null,
      address: null,
      lat: null,
      long: null,
    });
  });

  it('has a place by both coordinates or by none', () => {
    expect(record(line({ latitude: '' }))).toMatchObject({ lat: null, long: null });
    expect(record(line({ longitude: ' ' }))).toMatchObject({ lat: null, long: null });
  });

  it("does not depend on the city's own target and verdict, which are never read", () => {
    const plain = parsed(line());
    expect(parsed(line({ target_dt: '', ontime: '' }))).toEqual(plain);
    expect(parsed(line({ target_dt: 'never', ontime: 'OVERDUE' }))).toEqual(plain);
    expect(REQUIRED_COLUMNS as readonly string[]).not.toContain('target_dt');
    expect(REQUIRED_COLUMNS as readonly string[]).not.toContain('ontime');
  });

  it('may have its columns in any order', () => {
    const reversed = [...COLUMNS].reverse();
    const fields = line().split(',').reverse().join(',');
    expect(parseRecord(fields, reversed, ZONE)).toEqual(parsed(line()));
  });

  it('may close in the very second in which it opened', () => {
    expect(record(line({ closed_dt: '2011-07-05 09:00:00' })).closedAt).toBe('2011-07-05T13:00:00.000Z');
  });
});

describe('a record is rejected', () => {
  const cases: readonly (readonly [string, Partial<Record<Column, string>>])[] = [
    ['case_enquiry_id is empty', { case_enquiry_id: ' ' }],
    ['type is empty', { type: '' }],
    ['type is empty', { type: '  ' }],
    ['type is longer than 200 characters', { type: 'x'.repeat(201) }],
    ['open_dt is no date and time that exists', { open_dt: '' }],
    ['open_dt is no date and time that exists', { open_dt: '2011-02-30 10:00:00' }],
    ['open_dt is no date and time that exists', { open_dt: '07/05/2011 09:00' }],
    ['open_dt is no date and time that exists', { open_dt: '2011-07-05 24:00:00' }],
    ['open_dt lies outside 2000-01-01 to 2089-09-17', { open_dt: '1999-12-31 23:59:59' }],
    ['open_dt lies outside 2000-01-01 to 2089-09-17', { open_dt: '2089-09-18 00:00:00', closed_dt: '2089-09-19 00:00:00' }],
    ['case_status is neither Open nor Closed', { case_status: 'closed' }],
    ['case_status is neither Open nor Closed', { case_status: '' }],
    ['Closed without closed_dt', { closed_dt: '' }],
    ['Open with closed_dt', { case_status: 'Open' }],
    ['closed_dt is no date and time that exists', { closed_dt: '2011-07-06' }],
    ['closed_dt is before open_dt', { closed_dt: '2011-07-05 08:59:59' }],
    ['latitude or longitude is off the globe', { latitude: '90.1' }],
    ['latitude or longitude is off the globe', { longitude: '-180.5' }],
    ['latitude or longitude is off the globe', { latitude: 'north' }],
    ['latitude or longitude is off the globe', { longitude: 'Infinity' }],
  ];

  it.each(cases)('%s (%j)', (reason, draft) => {
    expect(parsed(line(draft))).toEqual({ rejected: reason });
  });

  it.each([
    ['', 1],
    [line().replace(/,[^,]*$/, ''), COLUMNS.length - 1],
    [`${line()},`, COLUMNS.length + 1],
    ['one,two', 2],
  ])('for its number of columns: %j', (text, count) => {
    expect(parsed(text)).toEqual({ rejected: `wrong column count: ${count} instead of ${COLUMNS.length}` });
  });

  it('and its rejection quotes nothing of it', () => {
    for (const [, draft] of cases)
      expect(parsed(line({ location: '7 Secret Lane', ...draft }))).toEqual({ rejected: expect.not.stringContaining('Secret') });
  });

  it('at the edges of the globe and of the days it is none', () => {
    expect(record(line({ latitude: '90', longitude: '-180' }))).toMatchObject({ lat: 90, long: -180 });
    expect(record(line({ type: 'x'.repeat(200) })).type).toHaveLength(200);
    expect(record(openLine({ open_dt: '2000-01-01 00:00:00' })).openedAt).toBe('2000-01-01T05:00:00.000Z');
    expect(record(openLine({ open_dt: '2089-09-17 23:59:59' })).openedAt).toBe('2089-09-18T03:59:59.000Z');
  });
});

describe('when the clocks change', () => {
  it('a time that came twice is the first of the two', () => {
    expect(record(openLine({ open_dt: '2011-11-06 01:30:00' })).openedAt).toBe('2011-11-06T05:30:00.000Z');
  });

  it('a closing that reads earlier than its opening is in the second of the two', () => {
    const { openedAt, closedAt } = record(line({ open_dt: '2011-11-06 01:50:00', closed_dt: '2011-11-06 01:30:00' }));
    expect([openedAt, closedAt]).toEqual(['2011-11-06T05:50:00.000Z', '2011-11-06T06:30:00.000Z']);
  });

  it('a closing that reads earlier on any other day is rejected', () => {
    expect(parsed(line({ open_dt: '2011-11-05 01:50:00', closed_dt: '2011-11-05 01:30:00' }))).toEqual({
      rejected: 'closed_dt is before open_dt',
    });
  });

  it('a time that was left out moves on by the hour that was left out', () => {
    expect(record(openLine({ open_dt: '2011-03-13 02:30:00' })).openedAt).toBe('2011-03-13T07:30:00.000Z');
  });
});

describe('the fields of a line', () => {
  it('are what stands between commas', () => {
    expect(csvFieldsOf('a,,c')).toEqual(['a', '', 'c']);
    expect(csvFieldsOf('')).toEqual(['']);
  });

  it('may be quoted, with commas and doubled quotes inside', () => {
    expect(csvFieldsOf('"a, b","say ""so""",c')).toEqual(['a, b', 'say "so"', 'c']);
    expect(record(line({ location: '"1 Example St, Testville"' })).address).toBe('1 Example St, Testville');
  });

  it.each(['"a,b', 'a,"b', 'a,"b"c"', '"'])('that do not end on their line are none: %s', (text) => {
    expect(csvFieldsOf(text)).toBeNull();
    expect(parsed(`${text}${line()}`)).toMatchObject({ rejected: expect.any(String) });
  });

  it.each(['\r', '\u2028', '\u0085', '\v'])('may hold other line separators than a line feed: %j', (separator) => {
    expect(csvFieldsOf(`a${separator}b,c`)).toEqual([`a${separator}b`, 'c']);
    expect(csvFieldsOf(`"a${separator}b",c`)).toEqual([`a${separator}b`, 'c']);
  });

  it('may hold a lone carriage return, also where another field is quoted', () => {
    expect(csvFieldsOf('a\rb,"c, d",e')).toEqual(['a\rb', 'c, d', 'e']);
  });
});
