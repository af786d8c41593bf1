import { fieldsOf } from '@onedoor/kernel';
import { Follows, identifierSchema, ListThatFollows, type Schema } from '@onedoor/platform';
import { CALENDAR_ID_CHARACTERS, calendarProblems } from '@onedoor/sla';

const TIME = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: '`HH:MM` on the wall clock of the zone.' } as const;
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];
const text = (characters: number) => ({ type: 'string', minLength: 1, maxLength: characters }) as const;

/** One time for all days, a time by weekday, or none. */
const dayTimes = (description: string): Schema => ({
  oneOf: [
    { ...TIME, type: ['string', 'null'] },
    {
      type: 'object',
      properties: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, TIME])),
      additionalProperties: false,
      description: 'By weekday, 1 (Monday) to 7 (Sunday), for days with opening hours only.',
    },
  ],
  description,
});

const HOURS: Schema = {
  type: 'array',
  maxItems: 48,
  items: {
    type: 'object',
    required: ['from', 'to'],
    properties: {
      from: TIME,
      to: { type: 'string', pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$', description: '`HH:MM`, excluded; up to 24:00.' },
    },
    additionalProperties: false,
  },
  description: 'The opening hours of a day, which must not overlap; a day without any is no business day.',
};

/** What `calendarProblems` of `@onedoor/sla` accepts, without `id` and `version`: a spec holds the two against each other. */
export const CALENDAR_DRAFT_SCHEMA: Schema = {
  title: 'CalendarDraft',
  type: 'object',
  required: ['zone', 'weeklyHours', 'holidays', 'skipHolidays', 'businessDays'],
  properties: {
    zone: { ...text(100), description: 'The IANA name of the zone of its hours, such as America/New_York.' },
    weeklyHours: {
      type: 'object',
      properties: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, HOURS])),
      additionalProperties: false,
      description: 'By weekday, 1 (Monday) to 7 (Sunday); some time of the week must be open.',
    },
    holidays: {
      type: 'array',
      maxItems: 3_650,
      items: {
        type: 'object',
        required: ['date', 'name'],
        properties: { date: { type: 'string', format: 'date', description: 'A date that exists.' }, name: text(100) },
        additionalProperties: false,
      },
    },
    skipHolidays: { type: 'boolean', description: 'Whether holidays are no business days.' },
    businessDays: {
      type: 'object',
      required: ['cutOff', 'nextStart'],
      properties: {
        cutOff: dayTimes('What starts from this time of a day on starts on the next business day.'),
        nextStart: dayTimes('At which time of that day; null, or no time of its weekday: at its own.'),
        dueWithinHours: {
          type: 'boolean',
          description: 'Whether a target of business days falls within the hours of its day; left out: false.',
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

const STREAM_SAYS = ['version'];
const PATH_AND_STREAM_SAY = ['id', 'version'];

/** By the rule of whole calendars, but that something else says some of the fields. */
const draftProblems =
  (saidElsewhere: readonly string[]) =>
  (value: unknown): readonly string[] => {
    const draft = fieldsOf(value);
    if (draft === null) return ['calendar: must be an object'];
    const twice = saidElsewhere.filter((field) => field in draft).map((field) => `${field}: there is no such field`);
    const { id, version: _, ...rest } = draft;
    return [...twice, ...calendarProblems({ ...rest, id: saidElsewhere.includes('id') ? 'said elsewhere' : id, version: 1 })];
  };

/** A calendar without its id and version. */
export const CalendarRule = (field: string): PropertyDecorator =>
  Follows(field, 'calendar', draftProblems(PATH_AND_STREAM_SAY), CALENDAR_DRAFT_SCHEMA);

const CALENDAR_WITH_ID_SCHEMA: Schema = {
  ...CALENDAR_DRAFT_SCHEMA,
  title: 'CalendarWithId',
  required: ['id', ...(CALENDAR_DRAFT_SCHEMA.required ?? [])],
  properties: { id: identifierSchema(CALENDAR_ID_CHARACTERS), ...CALENDAR_DRAFT_SCHEMA.properties },
};

/** Calendars without their versions. */
export const CalendarsRule = (field: string, most: number): PropertyDecorator =>
  ListThatFollows(field, 'calendar', draftProblems(STREAM_SAYS), { most, items: CALENDAR_WITH_ID_SCHEMA });
