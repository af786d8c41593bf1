import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { json, onedoor, start } from './command-line.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords, type MadeUpRow } from './made-up-records.js';

interface Imported {
  readonly rows: number;
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly changed: readonly { readonly line: number; readonly changes: readonly string[] }[];
  readonly until: string;
  readonly requests: object;
  readonly cases: number;
  readonly promises: number;
  readonly breached: number;
  readonly events: number;
  readonly digest: string;
}

const LIMIT_MS = 240_000;
const ROWS = 264;
const OPEN = { status: 'Open', closed: '', reason: ' ' } as const;
const OTHER: Readonly<Record<string, string>> = { ROAD: 'PARK', PARK: 'ROAD', ARTS: 'ROAD' };
const addDays = (local: string, days: number): string =>
  new Date(Date.parse(`${local.replace(' ', 'T')}Z`) + days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
const countsOf = ({ requests, cases, promises, breached }: Imported): object => ({ requests, cases, promises, breached });

/** Two exports of the same records: each row as it was, and as it is in the newer one. */
function exportsOf(row: MadeUpRow, index: number): readonly [MadeUpRow, MadeUpRow] {
  if (row.status === 'Open') return [row, row];
  switch (index % 8) {
    case 0: // Closed since.
      return [{ ...row, ...OPEN }, row];
    case 1: // Reopened.
      return [row, { ...row, ...OPEN }];
    case 2: // Closed at a later, or an earlier instant.
      return [row, { ...row, closed: addDays(row.closed, 20) }];
    case 3:
      return [{ ...row, closed: addDays(row.closed, 20) }, row];
    case 4: // Given to another department, one with other terms or none among them.
      return [row, { ...row, department: OTHER[row.department] ?? 'ROAD' }];
    case 5: // The same, and closed since.
      return [
        { ...row, ...OPEN },
        { ...row, department: OTHER[row.department] ?? 'ROAD' },
      ];
    case 6: // Ended in another way.
      return [row, { ...row, reason: 'Case Closed Case Invalid' }];
    default:
      return [row, row];
  }
}

describe('an import of a newer export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-update-'));
  const at = (name: string): string => join(folder, name);
  const pairs = madeUpRows(ROWS).map(exportsOf);
  const older = writeRecords(
    at('older.csv'),
    pairs.map(([row]) => lineOf(row)),
  );
  const newer = writeRecords(
    at('newer.csv'),
    pairs.map(([, row]) => lineOf(row)),
  );
  /** Rows 8 and 16 with another place, row 24 with another opening: unchanged otherwise, so that the counts stay. */
  const contradicting = writeRecords(
    at('contradicting.csv'),
    pairs.map(([, row], index) => {
      if (index === 7 || index === 15) return lineOf(row).replace('1 Made Up Street', '2 Made Up Street');
      return index === 23 ? lineOf({ ...row, open: addDays(row.open, -1) }) : lineOf(row);
    }),
  );
  writeFileSync(at('agreements.csv'), AGREEMENTS);
  const words = (records: string, data: string, ...more: readonly string[]): readonly string[] => [
    'import',
    'boston-311',
    records,
    '--agreements',
    at('agreements.csv'),
    '--data',
    at(data),
    ...more,
  ];
  const imported = (records: string, data: string, ...more: readonly string[]): Promise<Imported> => json(...words(records, data, ...more));
  const figures = async (data: string): Promise<string> =>
    (
      await onedoor(
        'figures',
        '--from',
        '2011-07-01',
        '--to',
        '2011-12-31',
        '--by',
        'department,service,month',
        '--csv',
        '--data',
        at(data),
      )
    ).stdout;
  const changed = pairs.filter(([one, other]) => lineOf(one) !== lineOf(other)).length;

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['of long ago', [], []],
    ['at the instants of its exports', ['--until', '2011-07-20T00:00:00-04:00'], ['--until', '2011-08-25T00:00:00-04:00']],
  ])(
    'ends with the counts and figures of a fresh import of it: %s',
    async (name, first, second) => {
      const data = `updated ${name}`;
      await imported(older, data, ...first);
      const { updated, rejected, skipped, ...rest } = await imported(newer, data, ...second);
      const fresh = await imported(newer, `fresh ${name}`, ...second);
      expect(countsOf(rest as Imported)).toEqual(countsOf(fresh));
      expect(await figures(data)).toBe(await figures(`fresh ${name}`));
      expect(rejected).toEqual([]);
      expect([rest.imported, updated + skipped]).toEqual([0, ROWS]);
      if (first.length === 0) expect(updated).toBe(changed);
      expect(await json('rebuild', '--verify', '--data', at(data))).toMatchObject({ equal: true });
      expect(await json('doctor', '--data', at(data))).toMatchObject({ ok: true, problems: [] });
      // Again, and nothing changes; nor does the older export bring anything back.
      const { events, digest } = rest;
      expect(await imported(newer, data, ...second)).toMatchObject({ updated: 0, skipped: ROWS, events, digest });
      expect(await imported(older, data, ...first)).toMatchObject({ updated: 0, skipped: ROWS, events, digest });
    },
    LIMIT_MS,
  );

  it(
    'reports what contradicts the log by its line, and leaves it as it is; a dry run says all of it before',
    async () => {
      await imported(older, 'contradicted');
      const dry = await imported(contradicting, 'contradicted', '--dry-run');
      const done = await imported(contradicting, 'contradicted');
      const { isDryRun, until: _until, ...foreseen } = dry as Imported & { readonly isDryRun: boolean };
      expect(isDryRun).toBe(true);
      expect(done).toMatchObject(foreseen);
      expect(done.rejected).toEqual([
        { line: 9, reason: 'location is another place than is known' },
        { line: 17, reason: 'location is another place than is known' },
        { line: 25, reason: 'open_dt is earlier than the one that is known' },
      ]);
      expect([done.updated, done.skipped]).toEqual([changed, ROWS - changed - 3]);
      expect(done.changed.slice(0, 2)).toEqual([
        { line: 2, changes: ['closed 2011-07-04T04:00:00.000Z'] },
        { line: 3, changes: ['reopened'] },
      ]);
      expect(countsOf(done)).toEqual(countsOf(await imported(newer, 'not contradicted')));
    },
    LIMIT_MS,
  );

  it.each([
    ['contradicts', (lines: readonly string[]) => lines.map((line) => line.replace('1 Made Up Street', '2 Made Up Street')), 24],
    ['leaves out', () => [], 0],
  ])(
    'lets the clocks of records that it %s run up to its instant as well',
    async (name, change, rejections) => {
      const isOpen = ([row, newer]: readonly [MadeUpRow, MadeUpRow]): boolean => row.status === 'Open' && newer.status === 'Open';
      const others = pairs.filter((pair) => !isOpen(pair)).map(([, row]) => lineOf(row));
      const open = pairs.filter(isOpen).map(([, row]) => lineOf(row));
      const file = writeRecords(at(`${name}.csv`), [...others, ...change(open)]);
      const until = ['--until', '2011-09-30T00:00:00-04:00'];
      const before = await imported(older, name, '--until', '2011-07-12T00:00:00-04:00');
      const done = await imported(file, name, ...until);
      const fresh = await imported(newer, `fresh ${name}`, ...until);
      expect(done.rejected).toHaveLength(rejections);
      expect(before.breached).toBeLessThan(done.breached);
      expect(countsOf(done)).toEqual(countsOf(fresh));
      expect(await figures(name)).toBe(await figures(`fresh ${name}`));
    },
    LIMIT_MS,
  );

  it(
    'converges after kills at any moment',
    async () => {
      await imported(older, 'killed');
      await imported(older, 'whole');
      const whole = await imported(newer, 'whole', '--until', '2011-12-01T00:00:00-05:00');
      const run = words(newer, 'killed', '--until', '2011-12-01T00:00:00-05:00');
      for (let kill = 0; kill < 6; kill++) {
        const { child, ended } = start(...run);
        await Promise.race([pause(600 + Math.random() * 1_800), ended]);
        child.kill('SIGKILL');
        await ended;
      }
      const { events, digest } = whole;
      expect(await json(...run)).toMatchObject({ events, digest, ...countsOf(whole), rejected: [] });
      expect(await json('rebuild', '--verify', '--data', at('killed'))).toMatchObject({ equal: true });
    },
    LIMIT_MS,
  );

  it(
    'leaves a breach that was none in the history, and in no count: what was known then can still be told',
    async () => {
      const [row] = madeUpRows(1) as [MadeUpRow];
      const one = { ...row, closed: addDays(row.open, 2) };
      const early = writeRecords(at('early.csv'), [lineOf({ ...one, ...OPEN })]);
      expect(await imported(early, 'one', '--until', '2011-08-01T00:00:00Z')).toMatchObject({ promises: 1, breached: 1 });
      expect(await imported(writeRecords(at('late.csv'), [lineOf(one)]), 'one')).toMatchObject({ promises: 1, breached: 0, updated: 1 });
      const replayed = (
        ...more: readonly string[]
      ): Promise<{ readonly case: { readonly breachedAt: string | null; readonly status: string } }> =>
        json('replay', `boston-311:${one.id}`, ...more, '--data', at('one'));
      expect((await replayed()).case).toMatchObject({ status: 'closed', breachedAt: null, round: 2 });
      expect((await replayed('--as-of', '2011-08-01T00:00:00Z')).case).toMatchObject({
        status: 'queued',
        breachedAt: '2011-07-09T04:00:00.000Z',
      });
    },
    LIMIT_MS,
  );
});
