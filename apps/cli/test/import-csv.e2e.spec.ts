import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, onedoor } from './command-line.js';
import { chicagoCsv, newYorkCsv, type ChicagoRow, type NewYorkRow } from './made-up-exports.js';
import { lineOf, madeUpRows, writeRecords } from './made-up-records.js';
import { BOSTON } from './shipped-mappings.js';

interface Replayed {
  readonly request: { readonly status: string; readonly service: string; readonly submittedAt: string };
  readonly case: {
    readonly department: string | null;
    readonly outcome: string | null;
    readonly dueAt: string | null;
    readonly status: string;
  };
}

const LIMIT_MS = 120_000;
const CONFIG = join(import.meta.dirname, '../../../config');

const newYorkRow = (id: number, draft: NewYorkRow = {}): NewYorkRow => ({
  'Unique Key': String(id),
  'Created Date': '07/05/2023 09:15:00 AM',
  'Closed Date': '07/06/2023 12:30:00 PM',
  Agency: 'DOT',
  'Complaint Type': 'Street Condition',
  'Incident Zip': '10001',
  'Incident Address': '1 MADE UP STREET',
  City: 'NEW YORK',
  Status: 'Closed',
  'Resolution Description': 'The Department of Transportation inspected this complaint and repaired the problem.',
  'Resolution Action Updated Date': '07/06/2023 12:30:00 PM',
  'Open Data Channel Type': 'ONLINE',
  Latitude: '40.75',
  Longitude: '-73.99',
  ...draft,
});
const OPEN = { 'Closed Date': '', 'Resolution Description': '', Status: 'In Progress' } as const;

const chicagoRow = (id: number, draft: ChicagoRow = {}): ChicagoRow => ({
  SR_NUMBER: `SR23-0000000${id}`,
  SR_TYPE: 'Pothole in Street Complaint',
  SR_SHORT_CODE: 'PHF',
  OWNER_DEPARTMENT: 'CDOT - Department of Transportation',
  STATUS: 'Completed',
  ORIGIN: 'Mobile Device',
  CREATED_DATE: '07/05/2023 12:05:00 AM',
  LAST_MODIFIED_DATE: '07/07/2023 01:00:00 PM',
  CLOSED_DATE: '07/07/2023 01:00:00 PM',
  STREET_ADDRESS: '1 N MADE UP ST',
  ZIP_CODE: '60601',
  DUPLICATE: 'false',
  LATITUDE: '41.88',
  LONGITUDE: '-87.63',
  ...draft,
});

describe('import csv', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-csv-'));
  const at = (name: string): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(at(name), content);
    return at(name);
  };
  const words = (file: string, mapping: string, data: string): readonly string[] => [
    'import',
    'csv',
    file,
    '--mapping',
    mapping,
    '--data',
    at(data),
  ];
  const replayed = (id: string, data: string): Promise<Replayed> => json('replay', id, '--data', at(data));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    "takes New York's published columns, in its own time, with words that span lines",
    async () => {
      const agreements = write('dot.csv', 'department,type,n_cases,sla,unit\nDOT,Street Condition,10,3,calendar_days\n');
      const rows = [
        newYorkRow(1, { 'Resolution Description': 'The Department of Transportation said:\n"repaired",\nand left.' }),
        newYorkRow(2, OPEN),
        newYorkRow(3, { Status: 'Unheard of' }),
        newYorkRow(4, { 'Resolution Description': 'This complaint is a duplicate of one that is being worked on.' }),
        newYorkRow(5, { 'Resolution Description': 'The Department of Transportation found no duplicate and repaired the problem.' }),
        newYorkRow(6, { Status: 'Cancel' }),
        newYorkRow(7, { 'Created Date': '07/05/2023 13:15:00 PM' }),
        newYorkRow(8, { 'Closed Date': '07/10/2023 09:15:00 AM' }),
      ];
      const file = write('new-york.csv', newYorkCsv(rows));
      const run = [...words(file, join(CONFIG, 'new-york-311.json'), 'new-york'), '--agreements', agreements];
      const rejected = [
        { line: 6, reason: expect.stringMatching(/^Status is none of Open, Assigned, /) },
        { line: 10, reason: 'Created Date is no date and time that exists' },
      ];
      expect(await json(...run, '--dry-run')).toMatchObject({ isDryRun: true, rows: 8, imported: 6, updated: 0, skipped: 0, rejected });
      expect((await onedoor('doctor', '--data', at('new-york'), '--json')).stdout).toContain('not there');
      expect(await json(...run)).toMatchObject({
        rows: 8,
        imported: 6,
        rejected,
        requests: { open: 1, closed: 5 },
        cases: 6,
        promises: 6,
        breached: 2,
      });
      expect(await replayed('new-york-311:1', 'new-york')).toMatchObject({
        request: { status: 'closed', service: 'Street Condition', submittedAt: '2023-07-05T13:15:00.000Z' },
        case: { department: 'DOT', outcome: 'fixed', dueAt: '2023-07-08T13:15:00.000Z' },
      });
      expect((await replayed('new-york-311:4', 'new-york')).case.outcome).toBe('duplicate');
      expect((await replayed('new-york-311:5', 'new-york')).case.outcome).toBe('fixed');
      expect((await replayed('new-york-311:6', 'new-york')).case.outcome).toBe('withdrawn');
    },
    LIMIT_MS,
  );

  it(
    "takes Chicago's, and a reopening and another department of a newer export from when its record was changed",
    async () => {
      const older = write('chicago.csv', chicagoCsv([chicagoRow(1), chicagoRow(2), chicagoRow(3, { DUPLICATE: 'true' }), chicagoRow(4)]));
      const newer = write(
        'chicago-newer.csv',
        chicagoCsv([
          chicagoRow(1, { STATUS: 'Open', CLOSED_DATE: '', LAST_MODIFIED_DATE: '07/09/2023 08:00:00 AM' }),
          chicagoRow(2, { OWNER_DEPARTMENT: 'Streets and Sanitation', LAST_MODIFIED_DATE: '07/06/2023 08:00:00 AM' }),
          chicagoRow(3, { DUPLICATE: 'true' }),
          chicagoRow(4),
          chicagoRow(5, { STATUS: 'Canceled' }),
        ]),
      );
      const mapping = join(CONFIG, 'chicago-311.json');
      expect(await json(...words(older, mapping, 'chicago'))).toMatchObject({ imported: 4, promises: 0, requests: { open: 0, closed: 4 } });
      expect(await json(...words(newer, mapping, 'chicago'))).toMatchObject({
        imported: 1,
        updated: 2,
        skipped: 2,
        requests: { open: 1, closed: 4 },
      });
      const timeline = async (id: number): Promise<readonly { readonly type: string; readonly at: string }[]> =>
        (
          await json<{ timeline: readonly { type: string; at: string }[] }>(
            'replay',
            `chicago-311:SR23-0000000${id}`,
            '--data',
            at('chicago'),
          )
        ).timeline;
      const reopened = async (id: number): Promise<string | undefined> =>
        (await timeline(id)).find(({ type }) => type === 'CaseReopened')?.at;
      expect(await reopened(1)).toBe('2023-07-09T13:00:00.000Z');
      expect(await reopened(2)).toBe('2023-07-06T13:00:00.000Z');
      expect((await replayed('chicago-311:SR23-00000002', 'chicago')).case).toMatchObject({
        department: 'Streets and Sanitation',
        status: 'closed',
      });
      expect((await replayed('chicago-311:SR23-00000003', 'chicago')).case.outcome).toBe('duplicate');
      expect((await replayed('chicago-311:SR23-00000005', 'chicago')).case.outcome).toBe('withdrawn');
    },
    LIMIT_MS,
  );

  it(
    'is what import boston-311 does, with the mapping that ships for it',
    async () => {
      const file = writeRecords(
        at('boston.csv'),
        madeUpRows(30).map((row) => lineOf(row)),
      );
      const agreements = write('boston-agreements.csv', 'department,type,n_cases,sla,unit\nROAD,Hole,900,5,calendar_days\n');
      const {
        seconds: _took,
        requestsPerSecond: _rate,
        until: _until,
        ...whole
      } = await json<Record<string, unknown>>('import', 'boston-311', file, '--agreements', agreements, '--data', at('boston'));
      expect(await json(...words(file, join(CONFIG, 'boston-2011.json'), 'boston-csv'), '--agreements', agreements)).toMatchObject(whole);
    },
    LIMIT_MS,
  );

  it(
    'reads bytes that are no UTF-8 where their encoding is named, and refuses their record otherwise',
    async () => {
      const file = write(
        'windows.csv',
        Buffer.from(newYorkCsv([newYorkRow(1, { 'Incident Address': '1 CAF\xc9 STREET' }), newYorkRow(2)]), 'latin1'),
      );
      const run = words(file, join(CONFIG, 'new-york-311.json'), 'windows');
      expect(await json(...run, '--dry-run')).toMatchObject({
        imported: 1,
        rejected: [{ line: 2, reason: 'Incident Address is no UTF-8: correct it, or read the file with --encoding windows-1252' }],
      });
      expect(await json(...run, '--encoding', 'windows-1252')).toMatchObject({ imported: 2, rejected: [] });
      expect(await replayed('new-york-311:1', 'windows')).toMatchObject({
        request: { location: { address: '1 CAFÉ STREET, NEW YORK, 10001' } },
      });
    },
    LIMIT_MS,
  );

  it(
    'keeps a closing up to an hour before the opening with a note, and counts an id that stands twice by its last line',
    async () => {
      const file = write(
        'notes.csv',
        newYorkCsv([newYorkRow(1, { 'Closed Date': '07/05/2023 08:20:00 AM' }), newYorkRow(2, OPEN), newYorkRow(2), newYorkRow(2)]),
      );
      expect(await json(...words(file, join(CONFIG, 'new-york-311.json'), 'notes'))).toMatchObject({
        rows: 4,
        imported: 2,
        updated: 1,
        skipped: 1,
        notes: [{ line: 2, note: 'Closed Date is up to an hour before Created Date: taken as closed when it opened' }],
        requests: { open: 0, closed: 2 },
      });
      expect(await json(...words(file, join(CONFIG, 'new-york-311.json'), 'notes'))).toMatchObject({ imported: 0, updated: 0, skipped: 4 });
    },
    LIMIT_MS,
  );

  it(
    'takes a place that a newer export gives first for no contradiction: the closing is applied, and a note says that the place is not',
    async () => {
      const mapping = join(CONFIG, 'new-york-311.json');
      const unplaced = { 'Incident Zip': '', 'Incident Address': '', City: '', Latitude: '', Longitude: '' } as const;
      const early = write('unplaced.csv', newYorkCsv([newYorkRow(1, { ...OPEN, ...unplaced })]));
      const late = write('placed.csv', newYorkCsv([newYorkRow(1)]));
      expect(await json(...words(early, mapping, 'placed'))).toMatchObject({ imported: 1, notes: [] });
      const told = {
        updated: 1,
        rejected: [],
        notes: [
          {
            line: 2,
            note: 'Incident Address, City, Incident Zip, Latitude, Longitude was not given when the record came in, and is not added',
          },
        ],
      };
      expect(await json(...words(late, mapping, 'placed'), '--dry-run')).toMatchObject(told);
      expect(await json(...words(late, mapping, 'placed'))).toMatchObject({ ...told, requests: { open: 0, closed: 1 } });
    },
    LIMIT_MS,
  );

  it.each<[string, readonly string[], RegExp]>([
    ['a mapping of another form', ['--mapping', '$broken'], /columns\.closedAt: must be text[^]*dates: must be a list of 1 to 5 forms/],
    ['a mapping for another file', ['--mapping', join(CONFIG, 'chicago-311.json')], /the header lacks: SR_NUMBER, CREATED_DATE/],
    ['an unknown encoding', ['--mapping', '$mapping', '--encoding', 'latin1'], /--encoding/],
    ['an instant without a zone', ['--mapping', '$mapping', '--until', '2023-07-01T00:00:00'], /--until: must be an instant with a zone/],
    ['an instant in the future', ['--mapping', '$mapping', '--until', '2999-01-01T00:00:00Z'], /--until: must not lie in the future/],
  ])('refuses %s in one line and writes nothing', async (_what, options, message) => {
    const mapping = join(CONFIG, 'new-york-311.json');
    const broken = write('broken.json', JSON.stringify({ ...BOSTON, columns: { ...BOSTON.columns, closedAt: '' }, dates: ['YYYY'] }));
    const file = write('one.csv', newYorkCsv([newYorkRow(1)]));
    const given = options.map((word) => word.replace('$mapping', mapping).replace('$broken', broken));
    const { code, stdout, stderr } = await onedoor('import', 'csv', file, ...given, '--data', at('refused'));
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it(
    'says before it writes that the data is of another city',
    async () => {
      const file = write('elsewhere.csv', newYorkCsv([newYorkRow(1)]));
      await json(...words(file, join(CONFIG, 'new-york-311.json'), 'elsewhere'));
      const elsewhere = write('elsewhere.json', JSON.stringify({ ...JSON.parse(JSON.stringify(BOSTON)), columns: NEW_YORK_COLUMNS }));
      const { code, stderr } = await onedoor(...words(file, elsewhere, 'elsewhere'), '--dry-run');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^catalog: CATALOG_OF_ANOTHER_CITY: /)]);
    },
    LIMIT_MS,
  );
});

const NEW_YORK_COLUMNS = {
  id: 'Unique Key',
  openedAt: 'Created Date',
  closedAt: 'Closed Date',
  status: 'Status',
  service: 'Complaint Type',
  closure: 'Resolution Description',
};
