import { CHANNELS, OUTCOMES, type Channel, type Outcome } from '@onedoor/contracts';
import { ZoneName } from '@onedoor/intake';
import { fieldsOf } from '@onedoor/kernel';
import { InstantText, ListOf, ListThatFollows, Nested, OneOf, Satisfies, Text, Texts } from '@onedoor/platform';
import { CalendarsRule, WARNING_SCHEMA, type CalendarDraft } from '@onedoor/routing';
import { warningProblems, type Warning } from '@onedoor/sla';
import { IsOptional, Matches } from 'class-validator';
import { DELIMITERS, ENCODINGS, RECORD_FORMS, type Delimiter, type Encoding, type RecordForm } from './csv-records.js';
import { dateReaderOf } from './date-format.js';

const NAME_CHARACTERS = 200;
const PATTERN_CHARACTERS = 1_000;
const STATUSES = ['open', 'closed'] as const;
const DECIMAL_SIGNS = ['.', ','] as const;

/** A column of the file that may be absent from a mapping, by its name in the header. */
const OptionalColumn =
  (field: string): PropertyDecorator =>
  (target, key) => {
    IsOptional()(target, key);
    Text(field, NAME_CHARACTERS)(target, key);
  };

/** Which column of the file holds what. */
class ColumnsBody {
  @Text('id', NAME_CHARACTERS) id!: string;
  @Text('openedAt', NAME_CHARACTERS) openedAt!: string;
  @Text('closedAt', NAME_CHARACTERS) closedAt!: string;
  @Text('status', NAME_CHARACTERS) status!: string;
  @Text('service', NAME_CHARACTERS) service!: string;
  /** The group of the service. */
  @OptionalColumn('group') group?: string | null;
  @OptionalColumn('department') department?: string | null;
  /** Joined by commas, in this order. */
  @IsOptional() @Texts('address', 5, NAME_CHARACTERS) address?: readonly string[] | null;
  @OptionalColumn('latitude') latitude?: string | null;
  @OptionalColumn('longitude') longitude?: string | null;
  /** By which way the report came. */
  @OptionalColumn('channel') channel?: string | null;
  /** How it ended, in words. */
  @OptionalColumn('closure') closure?: string | null;
  /** When the record was last changed: a reopening or another department counts from then. */
  @OptionalColumn('changedAt') changedAt?: string | null;
}

/** A text of this form gives that outcome. */
class OutcomeBody {
  @Satisfies('pattern', isPattern, `must be a regular expression of 1 to ${PATTERN_CHARACTERS} characters`, {
    type: 'string',
    minLength: 1,
    maxLength: PATTERN_CHARACTERS,
    description: 'A regular expression, case-insensitive. Anchor it (`^`): words in the middle of a text may say the opposite.',
  })
  pattern!: string;

  @OneOf('outcome', OUTCOMES) outcome!: Outcome;
  /** The column whose text is meant; that of the closure where it is left out. */
  @OptionalColumn('column') column?: string | null;
}

/** Words of the file, and what each means. */
const Words = (field: string, meanings: readonly string[]): PropertyDecorator =>
  Satisfies(
    field,
    (value) => {
      const words = fieldsOf(value);
      return words !== null && Object.values(words).every((meaning) => meanings.includes(meaning as string));
    },
    `must map words of the file to ${meanings.join(', ')}`,
    { type: 'object', additionalProperties: { type: 'string', enum: meanings } },
  );

const Choice =
  (field: string, values: readonly string[]): PropertyDecorator =>
  (target, key) => {
    IsOptional()(target, key);
    OneOf(field, values)(target, key);
  };

/**
 * How one system's export of service requests is read, and the city that it is imported into: a JSON file, such as
 * `config/boston-2011.json`.
 */
export class ImportMapping {
  @Text('name', NAME_CHARACTERS) name!: string;
  /** Written into the metadata of every event. */
  @Text('jurisdiction', NAME_CHARACTERS) jurisdiction!: string;
  /** Of the records' local times, and of the city's days. */
  @ZoneName('zone') zone!: string;
  /** When the agreements take effect: earlier than any record. */
  @InstantText('since') since!: string;

  /** The system that the records come from: `replay <source>:<id>` finds them. */
  @Matches(/^[a-z0-9][a-z0-9-]{0,59}$/, { message: 'source: must be a code of 1 to 60 small letters, digits and dashes' })
  source!: string;

  /** Exactly one: that of the agreements. */
  @CalendarsRule('calendars', 1) calendars!: readonly CalendarDraft[];

  @ListThatFollows('warnings', 'warning', warningProblems, { most: 20, items: WARNING_SCHEMA }) warnings!: readonly Warning[];

  /** `rfc4180` where it is left out: quotes may span lines. `line`: each line is a record. */
  @Choice('records', RECORD_FORMS) records?: RecordForm | null;
  /** `utf-8` where it is left out. */
  @Choice('encoding', ENCODINGS) encoding?: Encoding | null;
  /** A comma where it is left out. */
  @Choice('delimiter', DELIMITERS) delimiter?: Delimiter | null;
  /** Of coordinates; a point where it is left out. */
  @Choice('decimalSign', DECIMAL_SIGNS) decimalSign?: (typeof DECIMAL_SIGNS)[number] | null;

  @Nested('columns', ColumnsBody) columns!: ColumnsBody;

  /** The forms of dates with times; the first that a text has is taken. */
  @Satisfies(
    'dates',
    (value) => Array.isArray(value) && value.length >= 1 && value.length <= 5 && value.every(isDateForm),
    'must be a list of 1 to 5 forms such as YYYY-MM-DD HH:mm:ss or MM/DD/YYYY hh:mm:ss A',
    { type: 'array', minItems: 1, maxItems: 5, items: { type: 'string', minLength: 1, maxLength: 60 } },
  )
  dates!: readonly string[];

  /** The status words of the file: a word that is missing rejects its record. */
  @Words('statuses', STATUSES) statuses!: Readonly<Record<string, (typeof STATUSES)[number]>>;
  /** The words of the channel's column: any other is `integration`. */
  @Words('channels', CHANNELS) channels!: Readonly<Record<string, Channel>>;
  /** The first one that fits gives the outcome. */
  @ListOf('outcomes', OutcomeBody, { most: 200 }) outcomes!: readonly OutcomeBody[];
  @OneOf('otherOutcome', OUTCOMES) otherOutcome!: Outcome;
}

const isDateForm = (value: unknown): boolean => typeof value === 'string' && value.length <= 60 && dateReaderOf(value) !== null;

/** An empty pattern would match every text; `otherOutcome` is for those. */
function isPattern(value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || value.length > PATTERN_CHARACTERS) return false;
  try {
    new RegExp(value, 'i');
    return true;
  } catch {
    return false;
  }
}
