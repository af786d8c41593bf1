import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarOf, cityFileProblems, type CityFile } from './city-file.js';

const boston = (): CityFile =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../config/boston-2011.json'), 'utf8')) as CityFile;
const problems = (draft: Record<string, unknown>): readonly string[] => cityFileProblems({ ...boston(), ...draft });

describe('a city file', () => {
  it('that comes with OneDoor has no problems', () => {
    expect(cityFileProblems(boston())).toEqual([]);
  });

  it('gives the calendar of its agreements', () => {
    expect(calendarOf(boston())).toMatchObject({
      id: 'boston',
      zone: 'America/New_York',
      skipHolidays: false,
      businessDays: { cutOff: '17:00', nextStart: '08:30' },
    });
  });

  it.each([[null], [[]], ['text'], [3]])('must hold one object: %j', (value) => {
    expect(cityFileProblems(value)).toEqual(['the file must hold one JSON object']);
  });

  it.each([
    ['name', { name: '' }],
    ['jurisdiction', { jurisdiction: undefined }],
    ['zone', { zone: 7 }],
    ['zone', { zone: 'Boston' }],
    ['since', { since: '2000-01-01' }],
    ['calendarId', { calendarId: null }],
    ['weeklyHours', { weeklyHours: {} }],
    ['weeklyHours.1[0]', { weeklyHours: { 1: [{ from: '17:00', to: '08:30' }] } }],
    ['holidays[0].date', { holidays: [{ date: '2011-02-30', name: 'None' }] }],
    ['cutOff', { cutOff: '25:00' }],
    ['nextStart', { nextStart: undefined }],
    ['skipHolidays', { skipHolidays: 'no' }],
    ['warnings', { warnings: {} }],
    ['fraction', { warnings: [{ fraction: 2 }] }],
    ['channels', { channels: 'phone' }],
    ['channels', { channels: null }],
    ['channels', { channels: ['phone'] }],
    ['channels.Constituent Call', { channels: { 'Self Service': 'web', 'Constituent Call': 'telegraph' } }],
    ['channels.Constituent Call', { channels: { 'Constituent Call': null } }],
    ['outcomes', { outcomes: {} }],
    ['outcomes[0].outcome', { outcomes: [{ pattern: 'x', outcome: 'perfect' }] }],
    ['outcomes[0].pattern', { outcomes: [{ pattern: '(', outcome: 'fixed' }] }],
    ['outcomes[0].pattern', { outcomes: [{ outcome: 'fixed' }] }],
    ['outcomes[0].pattern', { outcomes: [{ pattern: '', outcome: 'fixed' }] }],
    ['outcomes[1]', { outcomes: [{ pattern: 'x', outcome: 'fixed' }, null] }],
    ['otherOutcome', { otherOutcome: 'perfect' }],
  ])('names the field that is wrong: %s', (field, draft) => {
    const found = problems(draft);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(field)).toBe(true);
  });

  it.each(['open311', 'web', 'phone', 'email', 'sms', 'social', 'walk_in', 'employee', 'integration'])(
    'knows the channel %s',
    (channel) => {
      expect(problems({ channels: { Source: channel } })).toEqual([]);
    },
  );

  it('says everything that is wrong at once: the calendar too, when a name is missing', () => {
    const found = problems({ name: '', calendarId: '', weeklyHours: {}, cutOff: 'noon', channels: null, outcomes: [null] });
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'name',
      'calendarId',
      'weeklyHours',
      'cutOff',
      'channels',
      'outcomes[0]',
    ]);
  });

  it('that is empty lacks every field', () => {
    const found = cityFileProblems({}).map((problem) => problem.split(':')[0]);
    expect([...found].sort()).toEqual(Object.keys(boston()).sort());
  });
});
