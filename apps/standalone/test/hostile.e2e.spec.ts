import fc from 'fast-check';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const FIELDS = [
  'service_code',
  'lat',
  'long',
  'address_string',
  'address_id',
  'email',
  'device_id',
  'first_name',
  'phone',
  'description',
  'media_url',
  'jurisdiction_id',
  '__proto__',
  'constructor',
  'status',
  'department',
  'attribute[A]',
];
const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  'NaN',
  '1e999',
  '-0',
  'null',
  '[object Object]',
  '<!--',
  ']]>',
  '&#0;',
  '../../etc/passwd',
  "'; DROP TABLE events; --",
  '9'.repeat(400),
  'pothole',
  '42.35',
  '🕳'.repeat(50),
];

const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 60 }));

/** Whatever a stranger sends: an answer that is no fault of ours, in the interface's own form, and a door that stays open. */
describe('the door, whatever comes in', () => {
  let door: TestDoor;

  beforeAll(async () => {
    door = await openTestDoor('memory', MONDAY);
  });
  afterAll(() => door.close());

  it('answers any form with a typed refusal or a reference', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...FIELDS), fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 8 }),
        fc.boolean(),
        async (fields, isJson) => {
          const body = { api_key: 'demo-key', service_code: 'pothole', ...fields };
          const answer = await door
            .http()
            .post('/open311/v2/requests.json')
            .type(isJson ? 'json' : 'form')
            .send(body);
          expect([200, 400, 403, 404, 413, 415]).toContain(answer.status);
          expect(Array.isArray(answer.body)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['email', 'media_url', 'description'])('refuses half a character and NUL in %s', async (field) => {
    for (const wrong of ['\ud800', 'a\udc00b@example.org', '\u0000']) {
      const { status, body } = await door
        .http()
        .post('/open311/v2/requests.json')
        .type('json')
        .send({ api_key: 'demo-key', service_code: 'pothole', address_string: 'x', [field]: wrong });
      expect({ status, body }).toEqual({
        status: 400,
        body: [{ code: 400, description: `${field}: must be text, in well-formed Unicode and without NUL` }],
      });
    }
  });

  it('answers any body of any type', async () => {
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/xml',
      'application/octet-stream',
      'nonsense',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), text, async (type, body) => {
        const { status } = await door.http().post('/open311/v2/requests.xml').set('content-type', type).send(body);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it('answers any path and any query', async () => {
    const names = [
      'service_request_id',
      'service_code',
      'status',
      'start_date',
      'end_date',
      'page',
      'page_size',
      'extensions',
      '__proto__',
    ];
    await fc.assert(
      fc.asyncProperty(text, fc.dictionary(fc.constantFrom(...names), text), async (id, query) => {
        const encoded = new URLSearchParams(query).toString();
        for (const path of [
          `/open311/v2/requests.json?${encoded}`,
          `/open311/v2/requests/${encodeURIComponent(id.toWellFormed())}.xml`,
          `/${encodeURIComponent(id.toWellFormed())}`,
        ]) {
          const { status } = await door.http().get(path);
          expect(status).toBeLessThan(500);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['a poisoned prototype', '{"__proto__":{"isListed":true},"api_key":"demo-key","service_code":"pothole"}'],
  ])('answers JSON that is %s', async (_what, body) => {
    const { status } = await door.http().post('/open311/v2/requests.json').type('json').send(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('is still open, and had nothing to complain about', async () => {
    await door.http().get('/').expect(200);
    await door.settle();
    expect(door.alarms).toEqual([]);
  });
});
