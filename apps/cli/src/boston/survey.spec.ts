import { HEADER_LINE, line, openLine } from '../../test/boston-line.js';
import { temporaryFiles } from '../../test/temporary-file.js';
import { NotARecordFile, recordsOf } from './boston-file.js';
import { survey } from './survey.js';

const { write } = temporaryFiles();
const ZONE = 'America/New_York';
const fileOf = (...lines: readonly string[]): string => write(`${[HEADER_LINE, ...lines].join('\r\n')}\r\n`);

describe('a survey of a file', () => {
  it('counts what would be imported, skipped and rejected; together they are all rows', async () => {
    const file = fileOf(
      line({ case_enquiry_id: '1' }),
      line({ case_enquiry_id: '1' }),
      line({ case_enquiry_id: '2', type: '' }),
      openLine({ case_enquiry_id: '3' }),
    );
    expect(await survey(file, ZONE)).toMatchObject({ rows: 4, imported: 2, skipped: 1, rejected: [{ line: 4, reason: 'type is empty' }] });
  });

  it('skips later lines of an id that was accepted, even if they say something else', async () => {
    const file = fileOf(line({ case_enquiry_id: '1', type: 'First' }), line({ case_enquiry_id: '1', type: 'Second' }));
    const { imported, skipped, types } = await survey(file, ZONE);
    expect({ imported, skipped, types: [...types.keys()] }).toEqual({ imported: 1, skipped: 1, types: ['First'] });
  });

  it('does not skip a line because an earlier one with its id was rejected', async () => {
    const file = fileOf(line({ case_enquiry_id: '1', open_dt: '' }), line({ case_enquiry_id: '1' }));
    expect(await survey(file, ZONE)).toMatchObject({ rows: 2, imported: 1, skipped: 0, rejected: [{ line: 2 }] });
  });

  it('rejects a line that is wrong although its id was accepted before: it is counted once', async () => {
    const file = fileOf(line({ case_enquiry_id: '1' }), line({ case_enquiry_id: '1', latitude: '91' }));
    expect(await survey(file, ZONE)).toMatchObject({ rows: 2, imported: 1, skipped: 0, rejected: [{ line: 3 }] });
  });

  it('takes ids for the same only by what is left of them without spaces around', async () => {
    expect(
      await survey(fileOf(line({ case_enquiry_id: '1' }), line({ case_enquiry_id: ' 1 ' }), line({ case_enquiry_id: '01' })), ZONE),
    ).toMatchObject({ imported: 2, skipped: 1 });
  });

  it('names types with their first reason, and departments', async () => {
    const { types, departments } = await survey(
      fileOf(
        line({ case_enquiry_id: '1', type: 'A', reason: 'R1' }),
        line({ case_enquiry_id: '2', type: 'A', reason: 'R2', department: 'PARK' }),
        line({ case_enquiry_id: '3', type: 'B', department: '' }),
      ),
      ZONE,
    );
    expect([...types]).toEqual([
      ['A', { reason: 'R1' }],
      ['B', { reason: 'Highway Maintenance' }],
    ]);
    expect([...departments].sort()).toEqual(['PARK', 'PWDx']);
  });

  it('of a file with a header only finds nothing', async () => {
    expect(await survey(fileOf(), ZONE)).toMatchObject({ rows: 0, imported: 0, skipped: 0, rejected: [] });
  });

  it('knows a header with quotes, spaces and other columns', async () => {
    const header = HEADER_LINE.replace('type', ' "type" ').replaceAll(' "', '"').replaceAll('" ', '"');
    expect(await survey(write(`${header},more\n${line()},x\n`), ZONE)).toMatchObject({ imported: 1 });
  });
});

describe('a file of another form', () => {
  const surveyOf = (content: string) => survey(write(content), ZONE);

  it.each([
    ['empty', '', 'the file is empty'],
    ['without a column', `${HEADER_LINE.replace('latitude', 'lat')}\n`, 'the header lacks: latitude'],
    ['without several', 'case_enquiry_id,open_dt\n', 'the header lacks: closed_dt, case_status'],
    ['without a header', `${line()}\n`, 'the header lacks: case_enquiry_id'],
  ])('is no file of records: %s', async (_name, content, problem) => {
    await expect(surveyOf(content)).rejects.toThrow(NotARecordFile);
    await expect(surveyOf(content)).rejects.toThrow(problem);
  });
});

it('records come in the order of the file, each id once', async () => {
  const file = fileOf(
    line({ case_enquiry_id: '3' }),
    line({ case_enquiry_id: '1' }),
    line({ case_enquiry_id: '3' }),
    line({ case_enquiry_id: '2' }),
  );
  const ids: string[] = [];
  for await (const { id } of recordsOf(file, ZONE)) ids.push(id);
  expect(ids).toEqual(['3', '1', '2']);
});
