import type { AccessRule } from '../access/access-rule.js';
import { titleOf } from '../http/problem.js';
import type { Answer, Content, Description } from './description.js';
import { text, type Schema } from './schema.js';

/** Problem details (RFC 9457), with the code that clients may branch on. */
const PROBLEM: Schema = {
  title: 'Problem',
  type: 'object',
  required: ['status', 'title', 'detail'],
  properties: {
    status: { type: 'integer', minimum: 400, maximum: 599, description: 'The status of the answer.' },
    title: text('The words HTTP has for the status.'),
    detail: text('What is wrong, each field with its rule. For people: it may change.'),
    code: { type: 'string', pattern: '^[A-Z_]+$', description: 'Which refusal it is, where clients may branch on it. Stable.' },
  },
  additionalProperties: false,
};

/** The form of every refusal that has no other. */
export const PROBLEM_DETAILS: Content = { 'application/problem+json': { schema: PROBLEM } };

const RETRY_AFTER = {
  'Retry-After': { type: 'integer', minimum: 0, description: 'After how many seconds to try again.' },
} satisfies Answer['headers'];

/** The headers that a status asks for. */
const HEADERS: Readonly<Record<number, Answer['headers']>> = {
  401: { 'WWW-Authenticate': text('How to sign in: `Bearer`.') },
  415: { Accept: text('The media types that are taken, where the path is known to take others.') },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** The general description of a refusal, by status. */
const WORDS: Readonly<Record<number, string>> = {
  400: 'Something in the request is wrong; the answer names each field and its rule.',
  401: 'No valid session or API token was sent.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or none that the caller may know of.',
  408: 'The body did not come in whole within 30 seconds.',
  409: 'The way things stand does not allow it.',
  412: 'It was changed after it was read: read it again.',
  413: 'The body is too large.',
  414: 'A part of the path is longer than any id.',
  415: 'The path does not take bodies of this content type.',
  422: 'The idempotency key was used before, with another body.',
  428: 'The header If-Match is missing.',
  429: 'Too many requests by this client.',
  503: 'It could not be done just now, and is best sent again.',
};

const NOT_SIGNED_IN = 'NOT_SIGNED_IN';
const OPERATORS_ONLY = 'OPERATORS_ONLY';
const ROLE_NOT_ALLOWED = 'ROLE_NOT_ALLOWED';

/** The code of a status where a route has no codes of its own for it. */
const USUAL_CODES: Readonly<Record<number, string>> = { 401: NOT_SIGNED_IN, 403: ROLE_NOT_ALLOWED };

/** The properties of a route that decide which common refusals it has. */
export interface RefusingRoute {
  readonly rule: AccessRule | null;
  readonly method: string;
  readonly path: string;
}

/** Every refusal that a route can answer: those of all routes with the same properties, and its own. */
export function refusalsOf(
  route: RefusingRoute,
  { refuses = {}, refusals = PROBLEM_DETAILS, refusalHeaders }: Description,
): Readonly<Record<string, Answer>> {
  const codes = new Map<number, readonly string[]>(refusals === null ? earlyCodes(route) : commonCodes(route));
  for (const [status, more] of Object.entries(refuses))
    codes.set(Number(status), [...new Set([...(codes.get(Number(status)) ?? []), ...more])]);
  return Object.fromEntries(
    [...codes]
      .sort(([one], [other]) => one - other)
      .map(([status, ofStatus]) => [
        String(status),
        refusal(status, ofStatus, { content: refusals ?? PROBLEM_DETAILS, headers: refusalHeaders }),
      ]),
  );
}

/** What is refused before the route is asked: a malformed URL or two Hosts, a parameter longer than any id, a caller who is not known. */
function* earlyCodes({ rule, path }: RefusingRoute): Generator<readonly [number, readonly string[]]> {
  yield [400, []];
  if (path.includes(':')) yield [414, []];
  if (rule === null) return;
  if ('operators' in rule) yield [401, [OPERATORS_ONLY]];
  if ('roles' in rule) {
    yield [401, [NOT_SIGNED_IN]];
    yield [403, [ROLE_NOT_ALLOWED]];
  }
}

function* commonCodes(route: RefusingRoute): Generator<readonly [number, readonly string[]]> {
  yield* earlyCodes(route);
  if (route.method !== 'GET')
    yield* [
      [408, []],
      [413, []],
      [415, []],
    ] as const;
  if (route.method === 'POST') yield [429, []];
  yield [503, []];
}

interface RefusalForm {
  readonly content: Content;
  /** What each refusal of the route has, besides what its status asks for. */
  readonly headers: Answer['headers'] | undefined;
}

function refusal(status: number, codes: readonly string[], { content, headers: ofRoute }: RefusalForm): Answer {
  const isUsual = content === PROBLEM_DETAILS && codes.join() === (USUAL_CODES[status] ?? '');
  const headers = { ...ofRoute, ...HEADERS[status] };
  return {
    ...(isUsual && { name: titleOf({ status, details: [] }).replaceAll(/[^A-Za-z]/g, '') }),
    says: [WORDS[status] ?? 'Refused.', ...codes.map((code) => `\`${code}\``)].join(' '),
    content: content === PROBLEM_DETAILS && codes.length > 0 ? { 'application/problem+json': { schema: withCodes(codes) } } : content,
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** A problem whose code, where it has one, is one of these. */
const withCodes = (codes: readonly string[]): Schema => ({ allOf: [PROBLEM], properties: { code: { enum: codes } } });
