import type { Channel } from '@onedoor/kernel';
import { isInstant } from '@onedoor/kernel';
import type { CalendarDraft } from '@onedoor/routing';
import { OUTCOMES, type Outcome } from '@onedoor/routing';
import { calendarProblems, warningProblems, type Holiday, type OpenHours, type Warning, type Weekday } from '@onedoor/sla';

/** What differs from city to city in an import: a JSON file, as `config/boston-2011.json`. */
export interface CityFile {
  readonly name: string;
  /** Written into the metadata of every event. */
  readonly jurisdiction: string;
  /** IANA zone of the records' local times. */
  readonly zone: string;
  /** From when the agreements count; earlier than any record. */
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
  /** The first pattern (a regular expression, any case) that a closure reason matches gives the outcome. */
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

/** Everything that is wrong with a city file, each problem naming its field; none when it can be used. */
export function cityFileProblems(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['the file must hold one JSON object'];
  const city = value as Partial<CityFile>;
  const problems: string[] = [];
  for (const field of ['name', 'jurisdiction', 'zone', 'since', 'calendarId'] as const) {
    if (typeof city[field] !== 'string' || city[field] === '') problems.push(`${field}: must be text`);
  }
  if (typeof city.since === 'string' && !isInstant(city.since)) problems.push('since: must be an instant such as 2000-01-01T05:00:00.000Z');
  if (problems.length === 0) problems.push(...calendarProblems({ ...calendarOf(city as CityFile), version: 1 }));
  if (!Array.isArray(city.warnings)) problems.push('warnings: must be a list');
  else problems.push(...city.warnings.flatMap((warning) => warningProblems(warning)));
  if (typeof city.channels !== 'object') problems.push('channels: must map sources to channels');
  if (!Array.isArray(city.outcomes)) problems.push('outcomes: must be a list');
  else problems.push(...city.outcomes.flatMap(outcomeProblems));
  if (!OUTCOMES.includes(city.otherOutcome as Outcome)) problems.push(`otherOutcome: must be one of ${OUTCOMES.join(', ')}`);
  return problems;
}

function outcomeProblems({ pattern, outcome }: CityFile['outcomes'][number], index: number): readonly string[] {
  const problems: string[] = [];
  if (!OUTCOMES.includes(outcome)) problems.push(`outcomes[${index}].outcome: must be one of ${OUTCOMES.join(', ')}`);
  try {
    new RegExp(pattern, 'i');
  } catch {
    problems.push(`outcomes[${index}].pattern: is no regular expression`);
  }
  return problems;
}
