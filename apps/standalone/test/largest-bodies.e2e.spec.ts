import { CONTEXTS } from '@onedoor/composition';
import { authorityMatrix, NoBody, type AnyCommandSet } from '@onedoor/engine';
import { LIMITS } from '@onedoor/kernel';
import { bodyOf, schemaOfDto, type Role, type Schema } from '@onedoor/platform';
import { bearer } from './bearer.js';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

/** The largest value of a schema: every list full, every text as long as it may be, of the characters that take the most bytes. */
function largest(schema: Schema, place = 0): unknown {
  const { type, enum: values, oneOf, properties = {}, items, maxItems, maxLength, maximum, pattern, format } = schema;
  if (values !== undefined) return [...values].sort((one, other) => String(other).length - String(one).length)[0];
  if (oneOf !== undefined)
    return oneOf.map((each) => largest(each, place)).sort((one, other) => JSON.stringify(other).length - JSON.stringify(one).length)[0];
  switch ([type ?? 'object'].flat()[0]) {
    case 'array':
      return Array.from({ length: maxItems ?? NaN }, (_, index) => largest(items ?? {}, index));
    case 'object':
      return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, largest(inner, place)]));
    case 'string':
      if (format === 'date') return new Date(Date.UTC(2020, 0, 1 + place)).toISOString().slice(0, 10);
      if (format === 'date-time') return '2027-01-31T00:00:00.000Z';
      if (maxLength === undefined) return 'x'.repeat(60);
      return (pattern === undefined ? '\u0001' : '🚲').repeat(maxLength);
    case 'integer':
      return maximum ?? 1;
    case 'number':
      return 0.123456789012345;
    default:
      return false;
  }
}

const BULK = (body: Schema | null): Schema => ({
  type: 'object',
  properties: {
    ...(body !== null && { body }),
    items: {
      type: 'array',
      maxItems: 200,
      items: { type: 'object', properties: { id: { type: 'string', maxLength: 200, pattern: '' }, edition: { type: 'integer' } } },
    },
  },
});

const ROUTES = CONTEXTS.flatMap(({ aggregates }) =>
  aggregates.flatMap(({ commands: set }: { readonly commands: AnyCommandSet }) =>
    Object.values(set.commands)
      .filter(({ roles }) => roles.length > 0)
      .flatMap((definition) => {
        const [[route, roles] = ['', []]] = authorityMatrix({ ...set, commands: { [definition.name]: definition } });
        const schema = (definition.body as unknown) === NoBody ? null : schemaOfDto(definition.body);
        const bulk = { route: `POST /${set.path}/bulk/${definition.name}`, role: roles[0] as Role, schema: BULK(schema), body: null };
        return [
          ...(schema === null ? [] : [{ route, role: roles[0] as Role, schema, body: definition.body as new () => object }]),
          ...(set.editionOf === undefined || definition.route !== undefined ? [] : [bulk, { ...bulk, route: `${bulk.route}/preview` }]),
        ];
      }),
  ),
);

describe('the largest body that is described', () => {
  let door: TestDoor;
  const bearers = new Map<Role, string>();
  beforeAll(async () => {
    door = await openTestDoor('memory', MONDAY);
    for (const { role } of ROUTES)
      bearers.set(role, bearers.get(role) ?? (await bearer(door.app, role, role === 'department' ? 'streets' : null)));
  });
  afterAll(() => door.close());

  const send = (route: string, role: Role, text: string) => {
    const [method, path = ''] = route.replaceAll(/:\w+/g, 'city-hall').split(' ');
    const http = door.http();
    return (method === 'PUT' ? http.put(path) : http.post(path))
      .set({ authorization: bearers.get(role) ?? '', 'if-match': '"1"', 'content-type': 'application/json' })
      .send(text);
  };

  it('is larger than the usual limit for some commands, and not for most', () => {
    const sizes = ROUTES.map(({ schema }) => Buffer.byteLength(JSON.stringify(largest(schema))));
    expect(sizes.filter((size) => size > LIMITS.bodyBytes).length).toBeGreaterThan(3);
    expect(sizes.filter((size) => size <= LIMITS.bodyBytes).length).toBeGreaterThan(10);
    // A body is parsed before its sender is known, so none may be so large that parsing it holds the others up.
    expect(Math.max(...sizes)).toBeLessThan(2.5 * 1024 * 1024);
  });

  it.each(ROUTES)('of $route comes in, and the rules of its fields see it', async ({ route, role, schema, body }) => {
    const content = largest(schema);
    const { status, body: answer } = await send(route, role, JSON.stringify(content));
    expect([route, status]).not.toEqual([route, 413]);
    expect(answer.detail ?? '').not.toMatch(/^body: /);
    if (body === null || route.includes('calendars')) return;
    // What has a form of its own besides its length is none of these; every length and every count is accepted.
    const problems = problemsOf(body, content);
    expect(problems.filter((problem) => /characters|list of/.test(problem) && !FORMS.test(problem))).toEqual([]);
  });

  it('is the largest: what is longer by far does not come in', async () => {
    const text = `{"basedOn":0,"rules":[]${' '.repeat(3 * 1024 * 1024)}}`;
    expect((await send('POST /api/v1/rules', 'router', text)).status).toBe(413);
    const usual = `{"code":"x","name":"X"${' '.repeat(LIMITS.bodyBytes)}}`;
    expect((await send('POST /api/v1/departments', 'administrator', usual)).status).toBe(413);
  });
});

const FORMS = /^(id|label|assignee|zone|password)\b/;

function problemsOf(body: new () => object, content: unknown): readonly string[] {
  try {
    bodyOf(body).transform(content, { type: 'body' });
    return [];
  } catch (error) {
    return (error as { readonly details: readonly string[] }).details;
  }
}
