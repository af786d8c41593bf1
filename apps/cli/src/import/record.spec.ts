import { COLUMNS, line, openLine, type Column } from '../../test/record-line.js';
import { BOSTON } from '../../test/shipped-mappings.js';
import { csvFieldsOf } from './csv-records.js';
import { namedColumns } from './mapping.js';
import { RecordReading, type ImportedRecord } from './record.js';

const reading = new RecordReading(BOSTON, COLUMNS);
const parsed = (text: string) => reading.read(csvFieldsOf(text) ?? []);
const record = (text: string): ImportedRecord => {
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
      changedAt: null,
      service: 'Request for Pothole Repair',
      group: 'Highway Maintenance',
      department: 'PWDx',
      address: '1 Example St  Testville  MA',
      lat: 42.3,
      long: -71.1,
      channel: 'phone',
      outcome: 'fixed',
      closure: 'Case Closed Case Resolved',
    });
  });

  it('is rejected where it was opened before its mapping says that anything was agreed', () => {
    const from = (since: string) => new RecordReading({ ...BOSTON, since }, COLUMNS).read(csvFieldsOf(line()) ?? []);
    expect(from('2011-07-05T13:00:00Z')).toHaveProperty('record');
    expect(from('2011-07-05T13:00:00.001Z')).toEqual({ rejected: "open_dt is before 2011-07-05T13:00:00.001Z, the mapping's since" });
  });

  it('may be open', () => {
    expect(record(openLine())).toMatchObject({ closedAt: null, outcome: null, closure: null });
  });

  it('may lack department, address and place', () => {
    expect(record(line({ department: ' ', location: '', latitude: '', longitude: '' }))).toMatchObject({
      department: null,
      address: null,
      lat: null,
      long: null,
    });
  });

  it('has a place by both coordinates or by none, and says where one was given alone', () => {
    const note = 'latitude and longitude are given together or not at all: taken as none';
    expect(parsed(line({ latitude: '' }))).toMatchObject({ record: { lat: null, long: null }, note });
    expect(parsed(line({ longitude: ' ' }))).toMatchObject({ record: { lat: null, long: null }, note });
    expect(parsed(line({ latitude: '', longitude: '' }))).toMatchObject({ record: { lat: null, long: null }, note: null });
  });

  it("does not depend on the city's own target and verdict, which are never read", () => {
    const plain = parsed(line());
    expect(parsed(line({ target_dt: '', ontime: '' }))).toEqual(plain);
    expect(parsed(line({ target_dt: 'never', ontime: 'OVERDUE' }))).toEqual(plain);
    expect(namedColumns(BOSTON)).not.toContain('target_dt');
    expect(namedColumns(BOSTON)).not.toContain('ontime');
  });

  it('may have its columns in any order', () => {
    const reversed = [...COLUMNS].reverse();
    expect(new RecordReading(BOSTON, reversed).read(line().split(',').reverse())).toEqual(parsed(line()));
  });

  it('may close in the very second in which it opened', () => {
    expect(record(line({ closed_dt: '2011-07-05 09:00:00' })).closedAt).toBe('2011-07-05T13:00:00.000Z');
  });
});

const SEEN = (column: string, most: number): string =>
  `${column} must be 1 to ${most} characters that can be seen, with spaces between them only and no dot before them`;

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
    ['case_status is none of Open, Closed', { case_status: 'closed' }],
    ['case_status is none of Open, Closed', { case_status: '' }],
    ['case_status is none of Open, Closed', { case_status: 'constructor' }],
    ['closed by case_status, without closed_dt', { closed_dt: '' }],
    ['open by case_status, with closed_dt', { case_status: 'Open' }],
    [SEEN('case_enquiry_id', 200), { case_enquiry_id: '1\u0007' }],
    [SEEN('type', 200), { type: 'Pot\rhole' }],
    [SEEN('type', 200), { type: 'Pot\u200bhole' }],
    [SEEN('department', 60), { department: 'PW\u0000Dx' }],
    [SEEN('department', 60), { department: '..' }],
    ['location holds a character that changes the order of text', { location: '1 \u202eStreet' }],
    ['department is longer than 60 characters', { department: 'x'.repeat(61) }],
    ['location holds a NUL character', { location: '1 \u0000 Street' }],
    ['location is longer than 500 characters', { location: 'x'.repeat(501) }],
    ['closure_reason is longer than 4000 characters', { closure_reason: 'x'.repeat(4_001) }],
    ['closed_dt is no date and time that exists', { closed_dt: '2011-07-06' }],
    ['closed_dt is more than an hour before open_dt', { closed_dt: '2011-07-05 07:59:59' }],
    ['latitude or longitude is off the globe', { latitude: '90.1' }],
    ['latitude or longitude is off the globe', { longitude: '-180.5' }],
    ['latitude or longitude is off the globe', { latitude: 'north' }],
    ['latitude or longitude is off the globe', { longitude: 'Infinity' }],
    ['latitude or longitude is off the globe', { longitude: '0x10' }],
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
    expect(record(line({ type: 'x'.repeat(200) })).service).toHaveLength(200);
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

  it('an hour that was left out between opening and closing makes the closing no earlier', () => {
    expect(parsed(line({ open_dt: '2011-03-13 02:50:00', closed_dt: '2011-03-13 03:05:00' }))).toMatchObject({
      note: 'closed_dt is up to an hour before open_dt: taken as closed when it opened',
      record: { openedAt: '2011-03-13T07:50:00.000Z', closedAt: '2011-03-13T07:50:00.000Z' },
    });
  });

  it('a time that was left out moves on by the hour that was left out', () => {
    expect(record(openLine({ open_dt: '2011-03-13 02:30:00' })).openedAt).toBe('2011-03-13T07:30:00.000Z');
  });
});

describe('a closing up to an hour before the opening', () => {
  it.each(['2011-07-05 08:59:59', '2011-07-05 08:00:00'])('is one of length 0, with a note: %s', (closed) => {
    expect(parsed(line({ closed_dt: closed }))).toMatchObject({
      note: 'closed_dt is up to an hour before open_dt: taken as closed when it opened',
      record: { openedAt: '2011-07-05T13:00:00.000Z', closedAt: '2011-07-05T13:00:00.000Z', outcome: 'fixed' },
    });
  });

  it('needs no note where it is none', () => {
    expect(parsed(line())).toMatchObject({ note: null });
    expect(parsed(line({ closed_dt: '2011-07-05 09:00:00' }))).toMatchObject({ note: null });
  });
});

describe('by the other fields of a mapping', () => {
  const other = new RecordReading(
    {
      ...BOSTON,
      columns: { ...BOSTON.columns, address: ['location', 'neighborhood'], changedAt: 'changed' },
      dates: ['DD.MM.YYYY HH:mm'],
      decimalSign: ',',
      outcomes: [{ pattern: '^yes$', outcome: 'duplicate', column: 'twice' }, ...BOSTON.outcomes],
    },
    [...COLUMNS, 'neighborhood', 'changed', 'twice'],
  );
  const read = (draft: Partial<Record<Column, string>>, ...others: readonly string[]) =>
    other.read([...line({ open_dt: '05.07.2011 09:00', closed_dt: '05.07.2011 10:00', ...draft }).split(','), ...others]);

  it('a record has its dates, its coordinates, the parts of its place, its change and its outcome', () => {
    const fields = line({ open_dt: '05.07.2011 09:00', closed_dt: '05.07.2011 10:00' }).split(',');
    fields[COLUMNS.indexOf('latitude')] = '42,5';
    expect(other.read([...fields, 'Testville Heights', '06.07.2011 08:00', 'yes'])).toMatchObject({
      record: {
        openedAt: '2011-07-05T13:00:00.000Z',
        changedAt: '2011-07-06T12:00:00.000Z',
        address: '1 Example St  Testville  MA, Testville Heights',
        lat: 42.5,
        outcome: 'duplicate',
      },
    });
    expect(read({}, '', '', 'no')).toMatchObject({ record: { changedAt: null, address: '1 Example St  Testville  MA', outcome: 'fixed' } });
    expect(read({}, '', 'soon', 'no')).toEqual({ rejected: 'changed is no date and time that exists' });
  });
});
