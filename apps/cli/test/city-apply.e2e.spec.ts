import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@onedoor/adapters';
import { json, onedoor, onedoorWith } from './command-line.js';
import { newYorkCsv } from './made-up-exports.js';
import { shipped } from './shipped-mappings.js';

interface CityFile {
  readonly zone: string;
  readonly departments: readonly object[];
  readonly services: readonly object[];
  readonly calendars: readonly object[];
  readonly agreements: readonly { readonly department: string; readonly terms: object }[];
  readonly rules: readonly object[];
}

interface Answer {
  readonly city: string;
  readonly isDryRun: boolean;
  readonly changes: readonly { readonly of: string; readonly id: string; readonly event: string; readonly says: string }[];
  readonly kept: readonly string[];
}

interface CityAgreement {
  readonly department: string;
  readonly terms: { readonly warnings: readonly object[] };
}
interface CityCalendar {
  readonly weeklyHours: Readonly<Record<string, readonly object[]>>;
}

const ITSELF = (city: CityFile): unknown => city;

/** The city with a further entry in each list, and an agreement that says something else. */
function more(city: CityFile): unknown {
  const [streets, parks] = city.agreements;
  return {
    ...city,
    departments: [...city.departments, { code: 'water', name: 'Water' }],
    services: [...city.services, { ...city.services[0], code: 'leak', name: 'Leak' }],
    calendars: [...city.calendars, { ...city.calendars[0], id: 'night' }],
    agreements: [{ ...streets, terms: { ...streets?.terms, returnWithinHours: 48 } }, parks, { ...parks, department: 'water' }],
    rules: [...city.rules, { service: 'leak', department: 'water' }],
  };
}

const page = readFileSync(join(import.meta.dirname, '../../../docs/city-file.md'), 'utf8');
const EXAMPLE = /```json\n(?<example>[\s\S]+?)```/.exec(page)?.groups?.['example'] ?? '';
const CITY = JSON.parse(EXAMPLE) as CityFile;

describe('a city from a file', () => {
  let folder: string;
  let data: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onedoor-city-'));
    data = join(folder, 'data');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (city: unknown, ...options: readonly string[]) => {
    const file = join(folder, 'city.json');
    writeFileSync(file, typeof city === 'string' ? city : JSON.stringify(city));
    return onedoor('city', 'apply', file, '--data', data, ...options);
  };

  async function apply(city: unknown, ...options: readonly string[]): Promise<Answer> {
    const { code, stdout, stderr } = await run(city, '--json', ...options);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as Answer;
  }

  const changed = ({ changes }: Answer): readonly string[] => changes.map(({ of, id, event }) => `${of} ${id} ${event}`);

  async function eventsKept(): Promise<number> {
    const { store, close } = await openSqlite(data, { readOnly: true });
    let count = 0;
    for await (const signal of store.subscribe({ after: null, signal: new AbortController().signal })) {
      if (signal.kind === 'caught-up') break;
      count += signal.events.length;
    }
    await close();
    return count;
  }

  const EVERYTHING = [
    'catalog city ServiceCatalogOpened',
    'catalog city ServicesAdded',
    'department streets DepartmentCreated',
    'department parks DepartmentCreated',
    'calendar city-hall CalendarPublished',
    'agreement streets AgreementProposed',
    'agreement streets AgreementSigned',
    'agreement streets AgreementSigned',
    'agreement parks AgreementProposed',
    'agreement parks AgreementSigned',
    'agreement parks AgreementSigned',
    'rules city RoutingRulesPublished',
  ];

  it('has accounts of its departments only', async () => {
    const file = join(folder, 'city.json');
    writeFileSync(file, JSON.stringify(CITY));
    expect((await onedoor('city', 'apply', file, '--data', data)).code).toBe(0);
    const create = (department: string) =>
      onedoorWith(
        'a long and private one\n',
        'account',
        'create',
        `${department}-desk`,
        '--role',
        'department',
        '--department',
        department,
        '--data',
        data,
      );
    expect(await create('nope')).toMatchObject({ code: 1, stderr: expect.stringContaining('DEPARTMENT_UNKNOWN') });
    expect(await create('streets')).toMatchObject({ code: 0 });
  });

  it('is set up from the example in its page, and a second run changes nothing', async () => {
    expect(changed(await apply(CITY))).toEqual(EVERYTHING);
    expect(await eventsKept()).toBe(EVERYTHING.length);
    expect(await apply(CITY)).toEqual({ city: 'Millbrook', isDryRun: false, changes: [], kept: [] });
    expect((await run(CITY)).stdout).toBe('Millbrook: nothing changed\n');
    expect(await eventsKept()).toBe(EVERYTHING.length);
  });

  it('is previewed without writing anything, also where there is no data yet', async () => {
    const tried = await apply(CITY, '--dry-run');
    expect([changed(tried), tried.isDryRun, existsSync(data)]).toEqual([EVERYTHING, true, false]);

    await apply(CITY);
    const more = { ...CITY, departments: [...CITY.departments, { code: 'water', name: 'Water' }], rules: CITY.rules.slice(1) };
    const would = await run(more, '--dry-run');
    expect(would.stdout.split('\n')).toEqual([
      'Millbrook: 2 would change',
      '  department water: Created as Water',
      '  rules city: Version 2 published, with 1 rule',
      '',
    ]);
    expect(await eventsKept()).toBe(EVERYTHING.length);
    expect(changed(await apply(more))).toEqual(['department water DepartmentCreated', 'rules city RoutingRulesPublished']);
  });

  it('that goes back to what it said before makes new versions', async () => {
    await apply(CITY);
    const without = { ...CITY, rules: [] };
    for (const city of [without, CITY, without]) expect(changed(await apply(city))).toEqual(['rules city RoutingRulesPublished']);
  });

  it.each([
    ['a city that is new', ITSELF],
    ['more of everything, and other terms', more],
    [
      'another name for what is kept',
      (city: CityFile) => ({ ...city, departments: [{ code: 'streets', name: 'Roads' }, city.departments[1]] }),
    ],
  ])('is reported by a dry run exactly as it then becomes: %s', async (_what, change) => {
    if (change !== ITSELF) await apply(CITY);
    const { isDryRun, ...would } = await apply(change(CITY), '--dry-run');
    const { isDryRun: isNone, ...did } = await apply(change(CITY));
    expect([isDryRun, isNone, would]).toEqual([true, false, did]);
    expect(await apply(change(CITY), '--dry-run')).toMatchObject({ changes: [] });
  });

  it('names what is kept as it was', async () => {
    await apply(CITY);
    const renamed = { ...CITY, departments: [{ code: 'streets', name: 'Roads' }, CITY.departments[1]] };
    expect(await apply(renamed)).toMatchObject({
      changes: [],
      kept: ['department streets: keeps the name that it was created with, Streets and Lights'],
    });
  });

  it('keeps its rules for all else when records of another system come in', async () => {
    await apply(CITY);
    const mapping = join(folder, 'mapping.json');
    writeFileSync(mapping, JSON.stringify({ ...shipped('new-york-311'), name: 'Millbrook', zone: CITY.zone }));
    const agreements = join(folder, 'agreements.csv');
    writeFileSync(agreements, 'department,type,n_cases,sla,unit\nDOT,Street Condition,10,3,calendar_days\n');
    const records = join(folder, 'records.csv');
    const row = { 'Unique Key': '1', 'Created Date': '07/05/2023 09:15:00 AM', 'Complaint Type': 'Street Condition', Status: 'Open' };
    writeFileSync(records, newYorkCsv([row]));
    await json('import', 'csv', records, '--mapping', mapping, '--agreements', agreements, '--data', data);
    const { changes } = await apply(
      {
        ...CITY,
        services: [...CITY.services, { ...CITY.services[0], code: 'Street Condition' }],
        departments: [...CITY.departments, { code: 'DOT', name: 'DOT' }],
        rules: [...CITY.rules, { service: 'Street Condition', department: 'DOT' }],
      },
      '--dry-run',
    );
    expect(changes).toEqual([]);
  });

  it('of another city is refused before anything is written', async () => {
    await apply(CITY);
    const { code, stdout, stderr } = await run({
      ...CITY,
      name: 'Elsewhere',
      departments: [...CITY.departments, { code: 'x', name: 'X' }],
    });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('CATALOG_OF_ANOTHER_CITY') });
    expect(await eventsKept()).toBe(EVERYTHING.length);
  });

  it('that breaks rules is refused with each field and its rule, and nothing is written', async () => {
    const [streets, parks] = CITY.agreements;
    const bad = {
      ...CITY,
      zone: 'Mars/Olympus',
      mayor: 'Ada',
      calendars: [{ ...CITY.calendars[0], weeklyHours: { 1: [{ from: '9', to: '17:00' }] } }],
      agreements: [{ ...streets, terms: { ...streets?.terms, warnings: [{ fraction: 2 }], reviewOn: '2027-02-30' } }, parks],
    };
    const { code, stdout, stderr } = await run(bad);
    expect({ code, stdout, made: existsSync(data) }).toEqual({ code: 1, stdout: '', made: false });
    expect(stderr.trim().split('\n').slice(1).sort()).toEqual([
      '  agreements[0].terms.reviewOn: must be a date that exists, YYYY-MM-DD',
      '  agreements[0].terms.warnings[0].fraction: must be a number between 0 and 1, both excluded',
      '  calendars[0].weeklyHours.1[0].from: must be HH:MM, 00:00 to 23:59',
      '  mayor: there is no such field',
      '  zone: must be an IANA time zone such as America/New_York',
    ]);
  });

  it('that a command would refuse is refused whole, with each refusal, and nothing is written', async () => {
    await apply(CITY);
    const { code, stdout, stderr } = await run({
      ...CITY,
      zone: 'America/New_York',
      departments: [...CITY.departments, { code: 'water', name: 'Water' }],
    });
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^[^\n]*CATALOG_OF_ANOTHER_CITY: zone: .*America\/Chicago.*\n$/)]);
    expect(await eventsKept()).toBe(EVERYTHING.length);
  });

  it.each([
    ['a key twice', { from: '"zone":', to: '"zone": "America/New_York", "zone":' }, /zone: stands twice/],
    [
      'a key twice, far inside',
      { from: '"capDays": 14', to: '"capDays": 14, "capDays": 15' },
      /agreements\[0\]\.terms\.pauses\[0\]\.capDays: stands twice/,
    ],
    ['__proto__', { from: '"zone":', to: '"__proto__": {}, "zone":' }, /__proto__: there is no such field/],
    [
      'constructor',
      { from: '"capDays": 14', to: '"capDays": 14, "constructor": 1' },
      /terms\.pauses\[0\]\.constructor: there is no such field/,
    ],
    ['a byte order mark', { from: /^/, to: '\uFEFF' }, /byte order mark/],
    ['garbage behind its end', { from: /$/, to: 'x' }, /is no JSON \(line \d+ column \d+\)/],
    [
      'a holiday twice',
      { from: '"holidays": [', to: '"holidays": [{ "date": "2026-12-25", "name": "Again" },' },
      /calendars\[0\]\.holidays\[1\]\.date: is that of another holiday/,
    ],
    [
      'a reason to pause twice',
      { from: '"pauses": [', to: '"pauses": [{ "reason": "weather", "capDays": 1 },' },
      /pauses\[1\]\.reason: "weather" stands twice/,
    ],
  ])('with %s is refused by its path', async (_what, { from, to }, words) => {
    const { code, stdout, stderr } = await run(EXAMPLE.replace(from, to));
    expect([code, stdout, stderr, existsSync(data)]).toEqual([1, '', expect.stringMatching(words), false]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('in bytes that are no UTF-8 is refused by the line', async () => {
    const file = join(folder, 'latin.json');
    writeFileSync(file, Buffer.from(EXAMPLE.replace('Parks and Trees', 'B\u00e4ume'), 'latin1'));
    const { code, stderr } = await onedoor('city', 'apply', file, '--data', data);
    expect([code, stderr, existsSync(data)]).toEqual([1, `${file}: line 6: is no UTF-8\n`, false]);
  });

  it('is the same city whatever the order of what has none', async () => {
    await apply(CITY);
    const [streets, parks] = CITY.agreements as readonly [CityAgreement, CityAgreement];
    const [hall] = CITY.calendars as readonly [CityCalendar];
    const reordered = {
      ...CITY,
      services: CITY.services.toReversed(),
      departments: CITY.departments.toReversed(),
      calendars: [{ ...hall, weeklyHours: { ...hall.weeklyHours, 5: hall.weeklyHours[5]?.toReversed(), 6: [] } }],
      agreements: [
        { ...parks, terms: { ...parks.terms, reviewOn: null, returnWithinHours: null } },
        { ...streets, terms: { ...streets.terms, warnings: streets.terms.warnings.toReversed() } },
      ],
      rules: CITY.rules.toReversed(),
    };
    expect(await apply(reordered)).toMatchObject({ changes: [], kept: [] });
  });

  it('that names what it does not hold, or something twice, is refused the same way', async () => {
    const bad = {
      ...CITY,
      departments: [...CITY.departments, CITY.departments[0]],
      calendars: [],
      services: CITY.services.slice(0, 1),
      rules: [...CITY.rules, { service: 'pothole', department: 'water' }],
    };
    const { code, stderr } = await run(bad);
    expect([code, existsSync(data)]).toEqual([1, false]);
    expect(stderr.trim().split('\n').slice(1)).toEqual([
      '  departments[2].code: "streets" stands twice',
      '  rules[2].service: "pothole" stands twice',
      '  agreements[0].terms.calendarId: must be the id of a calendar of this file',
      '  agreements[1].terms.calendarId: must be the id of a calendar of this file',
      '  agreements[1].terms.targets[0].service: must be the code of a service of this file',
      '  rules[1].service: must be the code of a service of this file',
      '  rules[2].department: must be the code of a department of this file',
    ]);
  });

  it.each([
    ['no JSON', '{', /is no JSON/],
    ['no object', '[]', /must be a JSON object/],
    ['too large', `"${'x'.repeat(600_000)}"`, /is larger than 524288 bytes/],
  ])('that is no city at all is refused: %s', async (_name, content, words) => {
    const { code, stderr } = await run(content);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
  });
});
