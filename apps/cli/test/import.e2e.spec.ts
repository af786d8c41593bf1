import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { lockDataFolder } from '@onedoor/adapters';
import { HOUR_MS } from '@onedoor/kernel';
import { json, onedoor, start } from './command-line.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords } from './made-up-records.js';
import { BOSTON } from './shipped-mappings.js';

interface Imported {
  readonly rows: number;
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  readonly notes: readonly { readonly line: number; readonly note: string }[];
  readonly until: string;
  readonly requests: { readonly open: number; readonly closed: number };
  readonly cases: number;
  readonly promises: number;
  readonly breached: number;
  readonly events: number;
  readonly digest: string;
}

interface Replayed {
  readonly asOf: string | null;
  readonly request: { readonly status: string; readonly service: string; readonly submittedAt: string } | null;
  readonly case: {
    readonly status: string;
    readonly department: string;
    readonly dueAt: string;
    readonly breachedAt: string | null;
    readonly outcome: string | null;
  } | null;
  readonly messages: readonly unknown[];
  readonly timeline: readonly { readonly type: string; readonly recordedAt: string; readonly position: string }[];
}

const ROWS = 400;
const LIMIT_MS = 120_000;

describe('import boston-311', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-cli-'));
  const at = (name: string): string => join(folder, name);
  const rows = madeUpRows(ROWS);
  const file = writeRecords(
    at('records.csv'),
    rows.map((row) => lineOf(row)),
  );
  writeFileSync(at('agreements.csv'), AGREEMENTS);
  writeFileSync(at('others.json'), JSON.stringify({ ...BOSTON, source: 'others' }));
  const imported = (records: string, data: string): Promise<Imported> =>
    json('import', 'boston-311', records, '--agreements', at('agreements.csv'), '--data', at(data));
  let whole: Imported;

  beforeAll(async () => {
    whole = await imported(file, 'whole');
  }, LIMIT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the counts of the rows', () => {
    const agreed = rows.filter(({ target }) => target !== '');
    expect(whole).toMatchObject({
      rows: ROWS,
      imported: ROWS,
      updated: 0,
      skipped: 0,
      rejected: [],
      requests: {
        open: rows.filter(({ status }) => status === 'Open').length,
        closed: rows.filter(({ status }) => status === 'Closed').length,
      },
      cases: ROWS,
      promises: agreed.length,
      breached: agreed.filter(({ ontime }) => ontime === 'OVERDUE').length,
    });
    expect(whole.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it(
    'changes nothing when it is run again, and never reads the verdicts',
    async () => {
      const { events, digest, until } = whole;
      expect(await imported(file, 'whole')).toMatchObject({ events, digest, until, imported: 0, updated: 0, skipped: ROWS, rejected: [] });
      const blanked = writeRecords(
        at('blanked.csv'),
        rows.map((row) => lineOf(row, { verdicts: true })),
      );
      expect(await imported(blanked, 'blanked')).toMatchObject({ events, digest });
    },
    LIMIT_MS,
  );

  it(
    'resumes after kills at any moment, and ends like an uninterrupted import',
    async () => {
      const data = at('killed');
      let most = 0;
      for (let kill = 0; kill < 8; kill++) {
        const { child, ended } = start('import', 'boston-311', file, '--agreements', at('agreements.csv'), '--data', data);
        await Promise.race([pause(300 + Math.random() * 1_200), ended]);
        child.kill('SIGKILL');
        await ended;
        const events = eventsIn(data);
        expect(events).toBeGreaterThanOrEqual(most);
        most = events;
      }
      const { events, digest, cases, promises, breached } = whole;
      expect(await imported(file, 'killed')).toMatchObject({ events, digest, cases, promises, breached });
      expect(await json('rebuild', '--verify', '--data', data)).toMatchObject({ equal: true });
    },
    LIMIT_MS,
  );

  it(
    'imports another quarter into the same folder',
    async () => {
      const next = madeUpRows(40, '2011-10-03', 50_001);
      const records = writeRecords(
        at('next.csv'),
        next.map((row) => lineOf(row)),
      );
      await imported(file, 'both');
      expect(await imported(records, 'both')).toMatchObject({ rows: 40, imported: 40, cases: ROWS + 40 });
    },
    LIMIT_MS,
  );

  it(
    'rejects a bad line alone, with its number and the rule, and skips a repeated one',
    async () => {
      const [one, two, three] = madeUpRows(3).map((row) => lineOf(row)) as [string, string, string];
      const lines = [
        one,
        'nonsense',
        two.replace(/2011-07-04 00:37:00/, '2011-02-30 00:37:00'),
        one,
        three.replace(',42.3,', ',95,'),
        three,
      ];
      const records = writeRecords(at('bad.csv'), lines);
      expect(await imported(records, 'bad')).toMatchObject({
        rows: 6,
        imported: 2,
        skipped: 1,
        rejected: [
          { line: 3, reason: 'wrong column count: 1 instead of 29' },
          { line: 4, reason: 'open_dt is no date and time that exists' },
          { line: 6, reason: 'latitude or longitude is off the globe' },
        ],
        cases: 2,
      });
    },
    LIMIT_MS,
  );

  it(
    'is refused by the data of another city, and adds nothing to it',
    async () => {
      const city = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/boston-2011.json'), 'utf8')) as object;
      writeFileSync(at('elsewhere.json'), JSON.stringify({ ...city, name: 'Elsewhere' }));
      const before = eventsIn(at('whole'));
      const refused = await onedoor(
        'import',
        'boston-311',
        file,
        '--agreements',
        at('agreements.csv'),
        '--city',
        at('elsewhere.json'),
        '--data',
        at('whole'),
      );
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^catalog: CATALOG_OF_ANOTHER_CITY: .*\n$/) });
      expect(eventsIn(at('whole'))).toBe(before);
    },
    LIMIT_MS,
  );

  it(
    "compares its clocks with the city's own",
    async () => {
      const targets = rows.filter(({ target }) => target !== '');
      const verdicts = targets.filter(({ status }) => status === 'Closed').length;
      expect(await json('sla', 'compare', file, '--data', at('whole'))).toMatchObject({
        targets: { compared: targets.length, within2min: targets.length, share: 1 },
        verdicts: { compared: verdicts, agree: verdicts, share: 1 },
        departments: { compared: ROWS, agree: ROWS, share: 1 },
        services: [
          { department: 'PARK', service: 'Branch' },
          { department: 'ROAD', service: 'Hole' },
          { department: 'ROAD', service: 'Lamp' },
        ],
      });
      const blanked = writeRecords(
        at('without-departments.csv'),
        rows.map((row) => lineOf(row, { departments: true })),
      );
      await imported(blanked, 'without-departments');
      // The rules name the usual owner of an agreed type; `Song` has no agreement and no owner, so it waits in triage.
      expect(await json('sla', 'compare', file, '--data', at('without-departments'))).toMatchObject({
        departments: { compared: targets.length, agree: targets.length, share: 1 },
      });
    },
    LIMIT_MS,
  );

  it(
    'replays a breached case on either side of its due instant',
    async () => {
      const late = rows.find(({ target, closed }) => target !== '' && Date.parse(closed) - Date.parse(target) > HOUR_MS);
      const replayed = (...words: string[]): Promise<Replayed> => json('replay', `boston-311:${late?.id}`, ...words, '--data', at('whole'));
      const now = await replayed();
      const dueMs = Date.parse(now.case?.dueAt ?? '');
      const before = await replayed('--as-of', new Date(dueMs - 1_000).toISOString());
      const after = await replayed('--as-of', new Date(dueMs + 1_000).toISOString());
      expect(before.timeline.map(({ type }) => type)).not.toContain('PromiseBreached');
      // The department's own clock began with the promise, and is late with it.
      const atDue = ['PromiseBreached', 'LegMilestoneMissed'].map((type) => expect.objectContaining({ type }));
      expect(after.timeline).toEqual([...before.timeline, ...atDue]);
      expect(after.request).toEqual(before.request);
      expect(after.case).toEqual({ ...before.case, breachedAt: now.case?.dueAt });
      expect(now.case).toMatchObject({ status: 'closed', department: late?.department, breachedAt: now.case?.dueAt });
      const early = await replayed('--as-of', '2011-01-01T00:00:00+02:00');
      expect(early).toMatchObject({ asOf: '2010-12-31T22:00:00.000Z', request: null, case: null, messages: [], timeline: [] });
    },
    LIMIT_MS,
  );

  it(
    'rebuild --verify names a view that was changed by hand, and rebuild mends it',
    async () => {
      const views = new DatabaseSync(join(at('blanked'), 'views.db'));
      views.exec(
        `UPDATE docs_case_overview SET body = json_set(body, '$.department', 'CHANGED')
         WHERE id = (SELECT min(id) FROM docs_case_overview)`,
      );
      views.exec('DELETE FROM docs_request_status WHERE id = (SELECT max(id) FROM docs_request_status)');
      views.close();
      const verified = await onedoor('rebuild', '--verify', '--data', at('blanked'), '--json');
      expect(verified.code).not.toBe(0);
      const { equal, projections } = JSON.parse(verified.stdout) as {
        equal: boolean;
        projections: readonly { name: string; equal: boolean }[];
      };
      expect(equal).toBe(false);
      expect(projections.filter((each) => !each.equal).map(({ name }) => name)).toEqual(['request_status', 'case_overview']);
      expect(await json('rebuild', '--data', at('blanked'))).toMatchObject({ equal: true });
      expect(await json('rebuild', '--verify', '--data', at('blanked'))).toMatchObject({ equal: true });
    },
    LIMIT_MS,
  );

  it(
    'may read while another process holds the folder, and refuses to write then',
    async () => {
      const lock = lockDataFolder(at('whole'));
      const [row] = rows;
      await json('replay', `boston-311:${row?.id}`, '--data', at('whole'));
      await json('sla', 'compare', file, '--data', at('whole'));
      const refused = await onedoor('import', 'boston-311', file, '--agreements', at('agreements.csv'), '--data', at('whole'), '--json');
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('in use') });
      lock.release();
      expect(await json('doctor', '--data', at('whole'))).toMatchObject({ ok: true, problems: [] });
    },
    LIMIT_MS,
  );

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown reference', ['replay', '3D7K2F9QXM4', '--data', '$whole'], /no request/],
    ['an unknown record', ['replay', 'boston-311:1', '--data', '$whole'], /no request/],
    ['an instant without a zone', ['replay', '3D7K2F9QXM4', '--as-of', '2011-07-01T00:00:00', '--data', '$whole'], /--as-of/],
    ['a day that does not exist', ['replay', '3D7K2F9QXM4', '--as-of', '2011-02-30T00:00:00Z', '--data', '$whole'], /--as-of/],
    [
      'records of another import',
      ['sla', 'compare', '$records.csv', '--city', '$others.json', '--data', '$whole'],
      /none of its \d+ records/,
    ],
    ['an empty folder', ['rebuild', '--data', '$nothing'], /no data/],
    ['a file that is not there', ['import', 'boston-311', '$absent.csv', '--agreements', '$agreements.csv', '--data', '$none'], /absent/],
    [
      'a file of another form',
      ['import', 'boston-311', '$agreements.csv', '--agreements', '$agreements.csv', '--data', '$none'],
      /header lacks/,
    ],
    ['agreements of another form', ['import', 'boston-311', '$records.csv', '--agreements', '$records.csv', '--data', '$none'], /n_cases/],
  ])('refuses %s and says so', async (_what, words, message) => {
    const { code, stdout, stderr } = await onedoor(...words.map((word) => (word.startsWith('$') ? at(word.slice(1)) : word)));
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  /** Counted in the file, without the product's code; 0 where there is no log yet. */
  function eventsIn(data: string): number {
    try {
      const log = new DatabaseSync(join(data, 'log.db'), { readOnly: true });
      const row = log.prepare('SELECT count(*) AS events FROM events').get();
      log.close();
      return Number(row?.['events']);
    } catch {
      return 0;
    }
  }
});
