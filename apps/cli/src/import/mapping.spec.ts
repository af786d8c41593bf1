import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { BOSTON, shipped } from '../../test/shipped-mappings.js';
import { csvFormOf, mappingSchema, namedColumns, readMapping } from './mapping.js';

const problemsOf = (content: unknown): readonly string[] => {
  const read = readMapping(content);
  return 'problems' in read ? read.problems : [];
};
const problems = (draft: Record<string, unknown>): readonly string[] => problemsOf(JSON.parse(JSON.stringify({ ...BOSTON, ...draft })));
const columns = (draft: Record<string, unknown>) => ({ columns: { ...BOSTON.columns, ...draft } });

const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (into: Ajv2020) => void)(ajv);
const accepts = ajv.compile(mappingSchema() as object);

describe('a mapping', () => {
  it.each(['boston-2011', 'new-york-311', 'chicago-311'])('that comes with OneDoor has no problems, by its schema neither: %s', (name) => {
    const mapping = shipped(name);
    expect([problemsOf(mapping), accepts(mapping)]).toEqual([[], true]);
  });

  it('names the columns that a file must have, each once', () => {
    expect(namedColumns({ ...BOSTON, ...columns({ address: ['location', 'type'] }) }).filter((column) => column === 'type')).toEqual([
      'type',
    ]);
    expect(namedColumns(BOSTON)).toHaveLength(12);
  });

  it('says how its files are written; the command line goes first', () => {
    expect(csvFormOf(BOSTON)).toEqual({ records: 'line', encoding: 'utf-8', delimiter: ',' });
    const { records: _, ...rest } = BOSTON;
    expect(csvFormOf({ ...rest, encoding: 'windows-1252', delimiter: ';' })).toEqual({
      records: 'rfc4180',
      encoding: 'windows-1252',
      delimiter: ';',
    });
    expect(csvFormOf({ ...rest, encoding: 'windows-1252' }, 'utf-8').encoding).toBe('utf-8');
  });

  it.each([[null], [[]], ['text'], [3]])('must hold one object: %j', (value) => {
    expect(problemsOf(value)).toEqual(['the file must hold one JSON object']);
  });

  it.each([
    ['name', { name: '' }],
    ['jurisdiction', { jurisdiction: undefined }],
    ['zone', { zone: 7 }],
    ['zone', { zone: 'Boston' }],
    ['since', { since: '2000-01-01' }],
    ['source', { source: 'Boston 311' }],
    ['source', { source: 'boston:311' }],
    ['calendars', { calendars: [] }],
    ['calendars', { calendars: undefined }],
    ['calendars[0].weeklyHours', { calendars: [{ ...BOSTON.calendars[0], weeklyHours: {} }] }],
    ['calendars[0].id', { calendars: [{ ...BOSTON.calendars[0], id: '' }] }],
    ['warnings', { warnings: {} }],
    ['warnings[0].fraction', { warnings: [{ fraction: 2 }] }],
    ['records', { records: 'lines' }],
    ['encoding', { encoding: 'latin1' }],
    ['delimiter', { delimiter: '|' }],
    ['decimalSign', { decimalSign: ';' }],
    ['columns', { columns: [] }],
    ['columns.id', columns({ id: undefined })],
    ['columns.closure', columns({ closure: 7 })],
    ['columns.colour', columns({ colour: 'red' })],
    ['columns.address', columns({ address: 'location' })],
    ['columns', columns({ latitude: undefined })],
    ['outcomes[0].column', { ...columns({ closure: undefined }), outcomes: [{ pattern: '^x', outcome: 'fixed' }] }],
    ['dates', { dates: [] }],
    ['dates', { dates: ['YYYY-MM-DD'] }],
    ['statuses', { statuses: { Open: 'ajar' } }],
    ['channels', { channels: 'phone' }],
    ['channels', { channels: ['phone'] }],
    ['channels', { channels: { 'Constituent Call': 'telegraph' } }],
    ['outcomes', { outcomes: {} }],
    ['outcomes[0].outcome', { outcomes: [{ pattern: 'x', outcome: 'perfect' }] }],
    ['outcomes[0].pattern', { outcomes: [{ pattern: '(', outcome: 'fixed' }] }],
    ['outcomes[0].pattern', { outcomes: [{ outcome: 'fixed' }] }],
    ['outcomes[0].pattern', { outcomes: [{ pattern: '', outcome: 'fixed' }] }],
    ['outcomes', { outcomes: [{ pattern: 'x', outcome: 'fixed' }, null] }],
    ['otherOutcome', { otherOutcome: 'perfect' }],
    ['cutOff', { cutOff: '17:00' }],
  ])('names the field that is wrong: %s', (field, draft) => {
    const found = problems(draft);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(`${field}:`)).toBe(true);
  });

  it.each(['open311', 'web', 'phone', 'email', 'sms', 'social', 'walk_in', 'employee', 'integration'])(
    'knows the channel %s',
    (channel) => {
      expect(problems({ channels: { Source: channel } })).toEqual([]);
    },
  );

  it('that is empty lacks every field that is needed', () => {
    const needed = (mappingSchema().required ?? []).toSorted();
    expect([...new Set(problemsOf({}).map((problem) => problem.split(':')[0]))].toSorted()).toEqual(needed);
  });

  it('has the schema that the documents show', () => {
    const shown = readFileSync(join(import.meta.dirname, '../../../../docs/import-mapping.schema.json'), 'utf8');
    expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(mappingSchema())));
  });
});
