import { CHANNELS, OUTCOMES, type Channel, type Outcome } from '@onedoor/contracts';
import { fieldsOf, isInstant } from '@onedoor/kernel';
import type { CalendarDraft } from '@onedoor/routing';
import { calendarProblems, warningProblems, type Holiday, type OpenHours, type Warning, type Weekday } from '@onedoor/sla';

/** The settings of an import that differ from city to city: a JSON file, such as `config/boston-2011.json`. */
export interface CityFile {
  readonly name: string;
  /** Written into the metadata of every event. */
  readonly jurisdiction: string;
  /** IANA zone of the records' local times. */
  readonly zone: string;
  /** When the agreements take effect: earlier than any record. */
  readonly since: string;
  readonly calendarId: string;
  readonly weeklyHours: Readonly<Partial<Record<Weekday, readonly OpenHours[]>>>;
  /** Reports at or after this time of day count as made on the next business day, at `nextStart`; null: no such rule. */
  readonly cutOff: string | null;
  readonly nextStart: string | null;
  readonly holidays: readonly Holiday[];
  readonly skipHolidays: boolean;
  readonly warnings: readonly Warning[];
  /** The records' `source` by channel; any other is `integration`. */
  readonly channels: Readonly<Record<string, Channel>>;
  /** Regular expressions, case-insensitive. The first one that matches a closure reason gives the outcome. */
  readonly outcomes: readonly { readonly pattern: string; readonly outcome: Outcome }[];
  readonly otherOutcome: Outcome;
}

export const calendarOf = (city: CityFile): CalendarDraft => ({
  id: city.calendarId,
  zone: city.zone,
  weeklyHours: city.weeklyHours,
  holidays: city.holidays,
  skipHolidays: city.skipHolidays,
  businessDays: { cutOff: city.cutOff, nextStart: city.nextStart },
});

/** All problems of a city file, each with the name of its field; empty where the file can be used. */
export function cityFileProblems(value: unknown): readonly string[] {
  const city = fieldsOf(value);
  if (city === null) return ['the file must hold one JSON object'];
  const problems: string[] = [];
  for (const field of ['name', 'jurisdiction']) {
    if (typeof city[field] !== 'string' || city[field] === '') problems.push(`${field}: must be text`);
  }
  if (typeof city['since'] !== 'string' || !isInstant(city['since']))
    problems.push('since: must be an instant such as 2000-01-01T05:00:00.000Z');
  problems.push(...calendarProblemsOf(city));
  if (!Array.isArray(city['warnings'])) problems.push('warnings: must be a list');
  else problems.push(...city['warnings'].flatMap((warning) => warningProblems(warning)));
  problems.push(...channelProblems(city['channels']));
  if (!Array.isArray(city['outcomes'])) problems.push('outcomes: must be a list');
  else problems.push(...city['outcomes'].flatMap(outcomeProblems));
  if (!isOneOf(OUTCOMES, city['otherOutcome'])) problems.push(`otherOutcome: must be one of ${OUTCOMES.join(', ')}`);
  return problems;
}

/** The problems of the calendar, with the names that its fields have in this file. */
function calendarProblemsOf(city: Readonly<Record<string, unknown>>): readonly string[] {
  const calendar = { ...calendarOf(city as unknown as CityFile), version: 1 };
  return calendarProblems(calendar).map((problem) => problem.replace(/^id:/, 'calendarId:').replace(/^businessDays\./, ''));
}

function channelProblems(value: unknown): readonly string[] {
  const channels = fieldsOf(value);
  if (channels === null) return ['channels: must map sources to channels'];
  const unknown = Object.keys(channels).filter((source) => !isOneOf(CHANNELS, channels[source]));
  return unknown.map((source) => `channels.${source}: must be one of ${CHANNELS.join(', ')}`);
}

function outcomeProblems(value: unknown, index: number): readonly string[] {
  const entry = fieldsOf(value);
  if (entry === null) return [`outcomes[${index}]: must be an object with pattern and outcome`];
  const problems: string[] = [];
  if (!isOneOf(OUTCOMES, entry['outcome'])) problems.push(`outcomes[${index}].outcome: must be one of ${OUTCOMES.join(', ')}`);
  if (!isPattern(entry['pattern'])) problems.push(`outcomes[${index}].pattern: is no regular expression`);
  return problems;
}

/** An empty pattern would match every reason; `otherOutcome` is for those. */
function isPattern(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new RegExp(value, 'i');
    return true;
  } catch {
    return false;
  }
}

const isOneOf = (words: readonly string[], value: unknown): boolean => typeof value === 'string' && words.includes(value);
