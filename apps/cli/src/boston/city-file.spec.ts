import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarOf, cityFileProblems, type CityFile } from './city-file.js';

const boston = (): CityFile => JSON.parse(readFileSync(join(import.meta.dirname, '../../../../config/boston-2011.json'), 'utf8')) as CityFile;
const problems = (draft: Record<string, unknown>): readonly string[] => cityFileProblems({ ...boston(), ...draft });

describe('a city file', () => {
  it('that comes with OneDoor has no problems', () => {
    expect(cityFileProblems(boston())).toEqual([]);
  });

  it('gives the calendar of its agreements', () => {
    expect(calendarOf(boston())).toMatchObject({ id: 'boston', zone: 'America/New_York', skipHolidays: false, businessDays: { cutOff: '17:00', nextStart: '08:30' } });
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
    ['businessDays.cutOff', { cutOff: '25:00' }],
    ['businessDays.nextStart', { nextStart: undefined }],
    ['skipHolidays', { skipHolidays: 'no' }],
    ['warnings', { warnings: {} }],
    ['fraction', { warnings: [{ fraction: 2 }] }],
    ['channels', { channels: 'phone' }],
    ['outcomes', { outcomes: {} }],
    ['outcomes[0].outcome', { outcomes: [{ pattern: 'x', outcome: 'perfect' }] }],
    ['outcomes[0].pattern', { outcomes: [{ pattern: '(', outcome: 'fixed' }] }],
    ['otherOutcome', { otherOutcome: 'perfect' }],
  ])('names the field that is wrong: %s', (field, draft) => {
    const found = problems(draft);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((problem) => problem.startsWith(field))).toBe(true);
  });

  it.failing.each([
    ['channels that are null', { channels: null }],
    ['a channel that there is not', { channels: { 'Constituent Call': 'telegraph' } }],
    ['an outcome without a pattern, which would match every reason', { outcomes: [{ outcome: 'fixed' }] }],
    ['an outcome that is no object', { outcomes: [null] }],
  ])('has a problem, rather than being one: %s', (_name, draft) => {
    expect(problems(draft)).not.toEqual([]);
  });

  it.failing('says everything that is wrong at once: the calendar too, when a name is missing', () => {
    const found = problems({ name: '', weeklyHours: {} }).join();
    expect(found).toContain('name');
    expect(found).toContain('weeklyHours');
  });
});
