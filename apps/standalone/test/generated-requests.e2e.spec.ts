import fc from 'fast-check';
import { ROLES, type Role } from '@onedoor/platform';
import { bearer } from './bearer.js';
import { DAYS, INSTANTS } from './generated/arbitrary-of-schema.js';
import { OPERATIONS, resolved, type Operation, type Schema } from './generated/document.js';
import { requestsOf, type GeneratedRequest, type KnownIds } from './generated/requests.js';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
/** Requests of each operation for each role; the environment asks for more. */
const RUNS = Number(process.env['ONEDOOR_PROPERTY_RUNS'] ?? 3);
const SEED = Number(process.env['ONEDOOR_PROPERTY_SEED'] ?? Date.now() % 2 ** 31);

/**
 * docs/openapi.yaml over the whole product: the answers are held against it by `openTestDoor`, which fails for each that is not described.
 */
describe(`every operation of the description, for every role (seed ${SEED})`, () => {
  let door: TestDoor;
  let known: KnownIds;
  const bearers = new Map<Role | null, string>();

  beforeAll(async () => {
    door = await openTestDoor('memory', MONDAY, { ONEDOOR_DEMO_DRIP_SECONDS: '3600' });
    for (const role of ROLES) bearers.set(role, await bearer(door.app, role, role === 'department' ? 'streets' : null));
    const references = [];
    for (const service of ['pothole', 'streetlight', 'fallen-tree', 'graffiti']) {
      const { body } = await door
        .http()
        .post('/open311/v2/requests.json')
        .send({ api_key: 'demo-key', service_code: service, lat: '42.35', long: '-71.06', email: 'resident@example.org' });
      if (body[0]?.service_request_id !== undefined) references.push(body[0].service_request_id as string);
    }
    await door.settle();
    known = {
      reference: references,
      service_request_id: references,
      code: ['streets', 'parks', 'nowhere'],
      department: ['streets', 'parks', 'nowhere'],
      id: [...references, 'streets-desk', 'riverbend', 'city'],
      version: ['1', '2'],
      format: ['json', 'xml'],
      'If-Match': ['"1"', '"2"', '"3"', '"4"'],
    };
  });
  afterAll(async () => {
    expect(door.alarms).toEqual([]);
    await door.close();
  });

  /** A stream ends when its client leaves, which an injected one never does: its head tells as much. */
  const send = async ({ isStream }: Operation, { method, url, headers, payload }: GeneratedRequest, who: string | undefined) => {
    const { statusCode } = await door.app.inject({
      method: (isStream ? 'HEAD' : method) as 'GET',
      url,
      headers: { ...headers, ...(who !== undefined && { authorization: who }) },
      ...(payload !== undefined && { payload }),
    });
    return statusCode;
  };

  it.each(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s answers what is described, and never 5xx',
    async (_name, operation) => {
      for (const role of [null, ...ROLES]) {
        await fc.assert(
          fc.asyncProperty(requestsOf(operation, known), async (request) => {
            const status = await send(operation, request, bearers.get(role));
            expect({ request, role, isFault: status >= 500 }).toEqual({ request, role, isFault: false });
            expect(operation.statuses).toContain(String(status));
            if (role === null && operation.roles !== null) expect([400, 401, 413, 414, 415]).toContain(status);
            if (role !== null && operation.roles?.includes(role) === false) expect([400, 403, 413, 414, 415]).toContain(status);
          }),
          { numRuns: role === null || operation.roles?.includes(role) === true ? RUNS : 1, seed: SEED },
        );
      }
    },
  );

  it('answers every instant and every day at the ends of what there is, wherever one is taken', async () => {
    const isTime = (schema: Schema): boolean => ['date', 'date-time'].includes(resolved(schema).format ?? '');
    let sent = 0;
    for (const operation of OPERATIONS) {
      const who = bearers.get((operation.roles?.[0] as Role | undefined) ?? null);
      const [, body] = Object.entries(operation.bodies).find(([type]) => type === 'application/json') ?? [];
      const url = operation.path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => known[name]?.[0] ?? 'x');
      for (const time of [...INSTANTS, ...DAYS, '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', '2026-02-30', '24:00']) {
        for (const { name, schema, in: place } of operation.parameters.filter(({ in: at }) => at !== 'header')) {
          if (!isTime(schema) && !/date|from|to|asOf|month|after|cursor/.test(name)) continue;
          const at = place === 'path' ? url : `${url}?${name}=${encodeURIComponent(time)}`;
          expect([at, (await send(operation, { method: operation.method, url: at, headers: {} }, who)) < 500]).toEqual([at, true]);
          sent++;
        }
        for (const value of body === undefined ? [] : withTimes(body.example ?? {}, resolved(body.schema), time)) {
          const request = {
            method: operation.method,
            url,
            headers: { 'content-type': 'application/json', 'if-match': '"1"' },
            payload: JSON.stringify(value),
          };
          expect([request, (await send(operation, request, who)) < 500]).toEqual([request, true]);
          sent++;
        }
      }
    }
    expect(sent).toBeGreaterThan(300);

    /** The example, with the time in each field that takes one. */
    function withTimes(example: unknown, { properties = {} }: Schema, time: string): readonly object[] {
      return Object.entries(properties).flatMap(([name, schema]) => {
        const { items, properties: inner } = resolved(schema);
        const given = (example as Readonly<Record<string, unknown>>)[name];
        const put = (value: unknown): object => ({ ...(example as object), [name]: value });
        if (isTime(schema) || /day|date|at$|until|from/i.test(name)) return [put(time)];
        if (items !== undefined)
          return isTime(items)
            ? [put([time])]
            : withTimes((given as unknown[] | undefined)?.[0] ?? {}, resolved(items), time).map((one) => put([one]));
        return inner === undefined ? [] : withTimes(given ?? {}, resolved(schema), time).map(put);
      });
    }
  });
});
