import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { json, onedoor } from './command-line.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords } from './made-up-records.js';
import { naiveCases, naiveFigures, type NaiveRow } from './naive-figures.js';

interface Answered {
  readonly rows: readonly (NaiveRow & { readonly department?: string | null; readonly service?: string; readonly month?: string })[];
}

const LIMIT_MS = 600_000;
const WORDS = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/boston-2011.json'), 'utf8')) as Parameters<
  typeof naiveCases
>[2];

/** Real records are no part of the repository: these variables name the two files where they are available. */
const { TEST_BOSTON_RECORDS: realRecords, TEST_BOSTON_AGREEMENTS: realAgreements } = process.env;

interface Source {
  readonly name: string;
  readonly files: (folder: string) => readonly [records: string, agreements: string];
  readonly from: string;
  readonly to: string;
}

const MADE_UP: Source = {
  name: 'a made-up quarter',
  files: (folder) => {
    const agreements = join(folder, 'agreements.csv');
    writeFileSync(agreements, AGREEMENTS);
    // Two stretches, so that the backlog of one stands before the other.
    const rows = [...madeUpRows(400), ...madeUpRows(150, '2011-08-29', 5_001)];
    return [
      writeRecords(
        join(folder, 'records.csv'),
        rows.map((row) => lineOf(row)),
      ),
      agreements,
    ];
  },
  from: '2011-07-06',
  to: '2011-09-12',
};
const REAL: Source = {
  name: "Boston's quarter",
  files: () => [realRecords ?? '', realAgreements ?? ''],
  from: '2011-07-01',
  to: '2011-09-30',
};

figuresAgree(describe, MADE_UP);
// Reported as skipped where the files are not named.
figuresAgree(realRecords && realAgreements ? describe : describe.skip, REAL);

function figuresAgree(define: typeof describe | typeof describe.skip, { name, files, from, to }: Source): void {
  define(`figures of ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'onedoor-figures-'));
    const data = join(folder, 'data');
    let cases: ReturnType<typeof naiveCases>;

    beforeAll(async () => {
      const [records, agreements] = files(folder);
      cases = naiveCases(records, agreements, WORDS);
      await json('import', 'boston-311', records, '--agreements', agreements, '--data', data);
    }, LIMIT_MS);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const asked = async (first: string, last: string, by: string): Promise<Answered['rows']> =>
      (await json<Answered>('figures', '--from', first, '--to', last, ...(by === '' ? [] : ['--by', by]), '--data', data)).rows;

    it(
      'are those of a count of the file, for the whole city',
      async () => {
        expect(await asked(from, to, '')).toEqual([naiveFigures(cases, from, to, () => true)]);
      },
      LIMIT_MS,
    );

    it.each([
      ['department', from, to],
      ['service', from, to],
      ['department', '2011-08-01', '2011-08-31'],
      ['service', '2011-07-20', '2011-09-05'],
      ['department,service', from, to],
    ])(
      'by %s from %s to %s',
      async (by, first, last) => {
        const rows = await asked(first, last, by);
        expect(rows.length).toBeGreaterThan(1);
        for (const { department, service, ...figures } of rows) {
          const belongs: Parameters<typeof naiveFigures>[3] = (one) =>
            (department === undefined || one.department === (department ?? '')) && (service === undefined || one.service === service);
          expect({ department, service, ...figures }).toEqual({ department, service, ...naiveFigures(cases, first, last, belongs) });
        }
        const sum = rows.reduce((total, { opened }) => total + opened, 0);
        expect(sum).toBe(naiveFigures(cases, first, last, () => true).opened);
      },
      LIMIT_MS,
    );

    it(
      'by department and month, the months cut to the period',
      async () => {
        const rows = await asked(from, to, 'department,month');
        expect(new Set(rows.map(({ month }) => month))).toEqual(new Set(['2011-07', '2011-08', '2011-09']));
        for (const { department, month = '', ...figures } of rows) {
          const [first, last] = [`${month}-01` < from ? from : `${month}-01`, `${month}-31` > to ? to : `${month}-31`];
          expect({ department, month, ...figures }).toEqual({
            department,
            month,
            ...naiveFigures(cases, first, last, (one) => one.department === (department ?? '')),
          });
        }
      },
      LIMIT_MS,
    );

    it(
      'are the same as CSV, and when all is built anew',
      async () => {
        const words = ['figures', '--from', from, '--to', to, '--by', 'department', '--data', data];
        const { stdout } = await onedoor(...words, '--csv');
        const rows: Record<string, string>[] = parse(stdout, { columns: true });
        const expected = (await asked(from, to, 'department')).map((row) =>
          Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? '' : String(value)])),
        );
        expect(rows).toEqual(expected);
        expect(await json('rebuild', '--verify', '--data', data)).toMatchObject({
          equal: true,
          projections: expect.arrayContaining([
            expect.objectContaining({ name: 'figure_contribution', equal: true }),
            expect.objectContaining({ name: 'figure_leaf', equal: true }),
          ]),
        });
        for (const end of ['', '-wal', '-shm']) rmSync(join(data, `views.db${end}`), { force: true });
        expect(await onedoor(...words)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/behind the log/) });
        await json('rebuild', '--data', data);
        expect((await onedoor(...words, '--csv')).stdout).toBe(stdout);
      },
      LIMIT_MS,
    );
  });
}

describe('figures that cannot be asked for', () => {
  it.each([
    ['a day that does not exist', ['--from', '2011-02-30', '--to', '2011-03-01'], /--from: must be a day/],
    ['an end before the beginning', ['--from', '2011-03-02', '--to', '2011-03-01'], /--to: must not be before from/],
    ['a span without end', ['--from', '2000-01-01', '--to', '2011-03-01'], /--to: the period may be at most/],
    [
      'an unknown dimension',
      ['--from', '2011-03-01', '--to', '2011-03-01', '--by', 'crew'],
      /--by: must be a list of department, service, month/,
    ],
    ['two forms at once', ['--from', '2011-03-01', '--to', '2011-03-01', '--csv', '--json'], /--csv and --json/],
  ])('are refused by name: %s', async (_what, words, message) => {
    const { code, stdout, stderr } = await onedoor('figures', ...words, '--data', join(tmpdir(), 'onedoor-nothing'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
