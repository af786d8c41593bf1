import { LANGUAGES } from '@onedoor/contracts';
import {
  Describe,
  LINK_TO_NEXT,
  list,
  number,
  oneOf,
  orNull,
  record,
  text,
  type Answer,
  type Content,
  type Schema,
} from '@onedoor/platform';
import { PostRequestDto } from './post-request.http.js';

/** Both forms of an answer. What is a list in JSON has a root and an element for each item in XML. */
const inBoth = (schema: Schema): Content => ({
  'application/json': { schema },
  'text/xml': { schema: text('The same in XML, as GeoReport v2 has it.') },
});

const ERRORS = inBoth(
  list(
    record<{ code: number; description: string }>('Open311Error', {
      code: { type: 'integer', description: 'The status.' },
      description: text('What is wrong, with its rule.'),
    }),
  ),
);

const OPEN_TO_ALL = { 'Access-Control-Allow-Origin': { type: 'string', const: '*' } } satisfies Answer['headers'];

const answerOf = (says: string, schema: Schema, headers: Answer['headers'] = {}): Answer => ({
  says,
  content: inBoth(list(schema)),
  headers: { ...OPEN_TO_ALL, ...headers },
});

const DATE: Schema = { type: 'string', format: 'date-time' };
const at = (description: string): Schema => ({ ...DATE, description });

const SERVICE = record('Open311Service', {
  service_code: text('Names it in requests.'),
  service_name: text('For people.'),
  description: text('What it is for.'),
  metadata: { type: 'boolean', description: 'Whether it asks questions of its own: none does.' },
  type: { type: 'string', const: 'realtime', description: 'The reference is answered at once.' },
  keywords: text('Separated by commas.'),
  group: text('Under which heading it stands.'),
});

const SUBMITTED = record('Open311Submission', {
  service_request_id: text('The reference, by which it is found for ever.'),
  service_notice: orNull(text('What became of parts of the report that are not taken in yet, such as files.')),
  account_id: { type: 'null' },
});

const REQUEST = record('Open311Request', {
  service_request_id: text('The reference.'),
  status: oneOf(['open', 'closed'], 'Open311 knows these two.'),
  status_notes: orNull(
    text(
      'How it ended, in a sentence; while it stands still, or waits for the resident, that it is paused, and for what. In the language ' +
        'asked for.',
    ),
  ),
  service_name: text('For people.'),
  service_code: text('As GET services lists it.'),
  description: orNull(text('In the words of the reporter; null once they were erased, and where the service shows none.')),
  agency_responsible: orNull(text('The department.')),
  service_notice: { type: 'null' },
  requested_datetime: at('When it was reported.'),
  updated_datetime: at('When something was last told about it.'),
  expected_datetime: orNull(
    at('When it is promised to be done; null where nothing was promised, and while it stands still or waits for the resident.'),
  ),
  address: orNull(text('As it was given.')),
  address_id: orNull(text('As it was given.')),
  zipcode: { type: 'null' },
  lat: orNull(number('Degrees north (WGS 84).')),
  long: orNull(number('Degrees east (WGS 84).')),
  media_url: orNull(text('As it was given.')),
});

const NOTES_IN: Readonly<Record<string, { readonly schema: Schema }>> = {
  'Accept-Language': { schema: text('In which language `status_notes` are wanted: English or Spanish.') },
};

const REQUESTS = answerOf('The requests, newest first; what is not public is left out.', REQUEST, {
  'Content-Language': oneOf(LANGUAGES, 'In which language `status_notes` are.'),
});

const INTERFACE: ClassDecorator & MethodDecorator = Describe({
  tag: 'Open311',
  path: { format: oneOf(['json', 'xml'], 'The form of the answer.'), id: text('The reference of a request.') },
  refusals: ERRORS,
  refusalHeaders: OPEN_TO_ALL,
  refuses: { 400: [], 404: [], 429: [] },
});

const POST: MethodDecorator = Describe({
  summary: 'Report something: answers once the report is kept for good',
  details:
    'Needs an api key, as `api_key` or as a bearer token, and a place: `lat` with `long`, `address_string` or `address_id`. ' +
    'A form is in UTF-8, unless its Content-Type names a charset, or the city set one for its key. Fields that are not described here are ' +
    'refused by name; answers to questions that the service does not ask (`attribute[…]`) are kept sealed; files are not taken in yet, ' +
    'which `service_notice` then says. ' +
    '`Accept-Language` decides in which language the resident is written to. In JSON, numbers may stand for their text.',
  body: { type: PostRequestDto, mediaTypes: ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'] },
  example: { api_key: 'demo-key', service_code: 'pothole', lat: '42.35', long: '-71.06', description: 'Deep, by the bus stop' },
  headers: {
    'Idempotency-Key': {
      schema: {
        type: 'string',
        pattern: '^[\\x20-\\x7e]{1,255}$',
        description: 'Chosen by the caller: sent again with it, for a day at least, a report gets the reference of the first time.',
      },
    },
    'Accept-Language': { schema: text('In which language the resident is to be written to: English or Spanish.') },
    traceparent: { schema: text('W3C trace context, kept with the events.') },
  },
  answer: answerOf('Kept.', SUBMITTED),
  refuses: { 403: [], 422: [] },
});

/** What every path takes beside what is its own. */
const PASSED_ALONG =
  "`jurisdiction_id` may be given with every call: another one than the city's is 404. `api_key`, `extensions`, `_` and `callback` " +
  'change nothing here.';

const DATE_FORMS =
  "a date, `2026-01-31`, is the whole day in the city; a time without a zone is the city's; compared by the second, as times are shown.";

const wholeUpTo = (most: number, description: string): Schema => ({ type: 'integer', minimum: 1, maximum: most, description });

const LIST: MethodDecorator = Describe({
  summary: 'Requests by reference, or by service, status and date',
  details:
    'Spans of at most 90 days: the last 90 where no date is given. Each parameter is given once, and one that is not described is refused. ' +
    'What a client may read in a minute is bounded by cost: the rows of a page, ids, and XML twice. ' +
    PASSED_ALONG,
  query: {
    service_request_id: {
      schema: text(
        'References, separated by commas, at most 1,000; every other filter is then ignored. Several are answered as a list shows them.',
      ),
    },
    service_code: { schema: text('Codes, separated by commas, at most 100.') },
    status: { schema: text('`open`, `closed`, or both, separated by a comma.') },
    start_date: { schema: text(`Submitted then or later: ${DATE_FORMS}`) },
    end_date: { schema: text(`Submitted then or earlier: ${DATE_FORMS} The whole of it is included.`) },
    page: { schema: wholeUpTo(100_000, 'Counted from 1; reaches 100,000 rows. Rows that come in between two pages move the others.') },
    cursor: { schema: text('Of `Link` of the page before: where that one ended, whatever changed in between. Instead of `page`.') },
    page_size: {
      schema: {
        type: 'integer',
        minimum: 1,
        description: 'Rows of a page, 1,000 at most: more are cut to that. `per_page` and `limit` mean the same.',
      },
    },
  },
  headers: NOTES_IN,
  answer: { ...REQUESTS, headers: { ...REQUESTS.headers, Link: LINK_TO_NEXT } },
});

/** How each route of Open311 is described. */
export const DescribeOpen311 = {
  INTERFACE,
  SERVICES: Describe({
    summary: 'What can be reported',
    details: PASSED_ALONG,
    answer: answerOf('The services.', SERVICE),
  }) as MethodDecorator,
  POST,
  LIST,
  ONE: Describe({ summary: 'One request', details: PASSED_ALONG, headers: NOTES_IN, answer: REQUESTS }) as MethodDecorator,
} as const;
