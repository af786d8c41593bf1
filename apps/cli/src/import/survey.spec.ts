import { HEADER_LINE, line, openLine } from '../../test/record-line.js';
import { BOSTON } from '../../test/shipped-mappings.js';
import { temporaryFiles } from '../../test/temporary-file.js';
import { csvFormOf } from './mapping.js';
import { NotARecordFile, recordsOf, type RecordFile } from './record-file.js';
import { survey } from './survey.js';

const { write } = temporaryFiles();
const of = (file: string): RecordFile => ({ file, mapping: BOSTON, form: csvFormOf(BOSTON) });
const fileOf = (...lines: readonly string[]): RecordFile => of(write(`${[HEADER_LINE, ...lines].join('\r\n')}\r\n`));

describe('a survey of a file', () => {
  it('counts rows, ids, repeated lines and rejected ones', async () => {
    const file = fileOf(
      line({ case_enquiry_id: '1' }),
      line({ case_enquiry_id: '1' }),
      line({ case_enquiry_id: '2', type: '' }),
      openLine({ case_enquiry_id: '3' }),
    );
    expect(await survey(file)).toMatchObject({
      rows: 4,
      ids: 2,
      repeated: 1,
      changed: new Map(),
      rejected: [{ line: 4, reason: 'type is empty' }],
    });
  });

  it('follows the lines of an id: open, then closed is that closing', async () => {
    const { changed, final, rejected } = await survey(fileOf(openLine({ case_enquiry_id: '1' }), line({ case_enquiry_id: '1' })));
    expect({ changed, rejected, ids: [...final.keys()] }).toEqual({ changed: new Map([['1', 1]]), rejected: [], ids: ['1'] });
    expect(final.get('1')).toMatchObject({ closedAt: '2011-07-06T14:30:00.000Z', outcome: 'fixed' });
  });

  it('follows them to the last: closed, reopened and given to another department', async () => {
    const { changed, final, departments } = await survey(
      fileOf(line(), openLine({ department: 'PARK' }), line({ department: 'PARK', closed_dt: '2011-07-09 10:00:00' })),
    );
    expect([changed.get('101000000001'), final.get('101000000001'), [...departments].sort()]).toEqual([
      2,
      expect.objectContaining({ department: 'PARK', closedAt: '2011-07-09T14:00:00.000Z' }),
      ['PARK', 'PWDx'],
    ]);
  });

  it.each([
    ['open_dt is earlier than the one that is known', { open_dt: '2011-07-05 08:00:00' }],
    ['open_dt is later than the one that is known', { open_dt: '2011-07-05 09:30:00' }],
    ['type is another one than is known', { type: 'Second' }],
    ['location is another place than is known', { location: '2 Example St' }],
    ['latitude, longitude is another place than is known', { latitude: '42.4' }],
  ])('rejects a later line of an id that contradicts the first, and keeps that: %s', async (reason, draft) => {
    const { types, repeated, rejected, final } = await survey(fileOf(line(), line(draft), line()));
    expect({ repeated, rejected, types: [...types.keys()], finals: final.size }).toEqual({
      repeated: 1,
      rejected: [{ line: 3, reason }],
      types: ['Request for Pothole Repair'],
      finals: 0,
    });
  });

  it('follows them where one leaves its department or its place out, and keeps what the others say', async () => {
    const blank = { department: '', location: '', latitude: '', longitude: '' };
    const placed = await survey(fileOf(openLine(blank), openLine(), line(blank)));
    expect(placed).toMatchObject({ rejected: [], changed: new Map([['101000000001', 2]]) });
    expect(placed.final.get('101000000001')).toMatchObject({ department: 'PWDx', address: expect.any(String), lat: expect.any(Number) });
    const moved = await survey(fileOf(line(), line(blank), line({ location: '2 Example St' })));
    expect(moved).toMatchObject({ repeated: 1, rejected: [{ line: 4, reason: 'location is another place than is known' }] });
  });

  it('does not hold a line against one with its id that was rejected', async () => {
    const file = fileOf(line({ case_enquiry_id: '1', open_dt: '' }), line({ case_enquiry_id: '1' }));
    expect(await survey(file)).toMatchObject({ rows: 2, ids: 1, repeated: 0, rejected: [{ line: 2 }] });
  });

  it('rejects a line that is wrong although its id was accepted before: it is counted once', async () => {
    const file = fileOf(line({ case_enquiry_id: '1' }), line({ case_enquiry_id: '1', latitude: '91' }));
    expect(await survey(file)).toMatchObject({ rows: 2, ids: 1, repeated: 0, rejected: [{ line: 3 }] });
  });

  it('takes ids for the same only by what is left of them without spaces around', async () => {
    expect(
      await survey(fileOf(line({ case_enquiry_id: '1' }), line({ case_enquiry_id: ' 1 ' }), line({ case_enquiry_id: '01' }))),
    ).toMatchObject({ ids: 2, repeated: 1 });
  });

  it('has a note for each line that is taken otherwise than it is written', async () => {
    expect(
      await survey(fileOf(line({ case_enquiry_id: '1' }), line({ case_enquiry_id: '2', closed_dt: '2011-07-05 08:30:00' }))),
    ).toMatchObject({
      notes: [{ line: 3, note: 'closed_dt is up to an hour before open_dt: taken as closed when it opened' }],
      rejected: [],
    });
  });

  it('refuses bytes that are no UTF-8 by line and column, and reads them where their encoding is named', async () => {
    const content = Buffer.from(
      `${HEADER_LINE}
${line({ location: '1 Caf\xe9 St' })}
${line({ case_enquiry_id: '2' })}
`,
      'latin1',
    );
    const file = of(write(content));
    expect(await survey(file)).toMatchObject({
      ids: 1,
      rejected: [{ line: 2, reason: 'location is no UTF-8: correct it, or read the file with --encoding windows-1252' }],
    });
    expect(await survey({ ...file, form: csvFormOf(BOSTON, 'windows-1252') })).toMatchObject({ ids: 2, rejected: [] });
  });

  it('names types with their first reason, and departments', async () => {
    const { types, departments } = await survey(
      fileOf(
        line({ case_enquiry_id: '1', type: 'A', reason: 'R1' }),
        line({ case_enquiry_id: '2', type: 'A', reason: 'R2', department: 'PARK' }),
        line({ case_enquiry_id: '3', type: 'B', department: '' }),
      ),
    );
    expect([...types]).toEqual([
      ['A', { group: 'R1' }],
      ['B', { group: 'Highway Maintenance' }],
    ]);
    expect([...departments].sort()).toEqual(['PARK', 'PWDx']);
  });

  it('of a file with a header only finds nothing', async () => {
    expect(await survey(fileOf())).toMatchObject({ rows: 0, ids: 0, repeated: 0, rejected: [] });
  });

  it('knows a header with quotes, spaces and other columns', async () => {
    const header = HEADER_LINE.replace('type', ' "type" ').replaceAll(' "', '"').replaceAll('" ', '"');
    expect(await survey(of(write(`${header},more\n${line()},x\n`)))).toMatchObject({ ids: 1, rejected: [] });
  });
});

describe('a file of another form', () => {
  const surveyOf = (content: string) => survey(of(write(content)));

  it.each([
    ['empty', '', 'the file is empty'],
    ['without a column', `${HEADER_LINE.replace('latitude', 'lat')}\n`, 'the header lacks: latitude'],
    ['without several', 'case_enquiry_id,open_dt\n', 'the header lacks: closed_dt, case_status'],
    ['with a column twice', `${HEADER_LINE},type\n`, 'the header names twice: type'],
    ['with a header whose quotes do not close', `"${HEADER_LINE}\n`, 'line 1, the header: quotes do not close'],
    ['without a header', `${line()}\n`, 'the header lacks: case_enquiry_id'],
  ])('is no file of records: %s', async (_name, content, problem) => {
    await expect(surveyOf(content)).rejects.toThrow(NotARecordFile);
    await expect(surveyOf(content)).rejects.toThrow(problem);
  });
});

it('whose header is in another encoding is refused by its line', async () => {
  const file = of(write(Buffer.from(`${HEADER_LINE},caf\xe9\n`, 'latin1')));
  await expect(survey(file)).rejects.toThrow(
    'line 1, the header: its text is no UTF-8: correct it, or read the file with --encoding windows-1252',
  );
});

it('records come in the order of the file, each with its line', async () => {
  const file = fileOf(line({ case_enquiry_id: '3' }), line({ case_enquiry_id: '1', type: '' }), line({ case_enquiry_id: '2' }));
  const found: (readonly [number, string])[] = [];
  for await (const { line: at, record } of recordsOf(file)) found.push([at, record.id]);
  expect(found).toEqual([
    [2, '3'],
    [4, '2'],
  ]);
});
