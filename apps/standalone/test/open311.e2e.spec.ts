import { XMLParser } from 'fast-xml-parser';
import type { Submission } from '@onedoor/intake';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const POST = '/open311/v2/requests.json';
const good = (more: Record<string, string> = {}): Record<string, string> => ({
  api_key: 'demo-key',
  service_code: 'pothole',
  lat: '42.35',
  long: '-71.06',
  ...more,
});

describe.each(PROFILES)('Open311 GeoReport v2 on %s', (profile) => {
  let door: TestDoor;

  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
  });
  afterAll(() => door.close());

  const submit = async (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<string> => {
    const { body } = await door.http().post(POST).type('form').set(headers).send(fields).expect(200);
    return body[0].service_request_id;
  };
  const errorsOf = async (
    fields: Record<string, string | string[]>,
    status: number,
    headers: Record<string, string> = {},
  ): Promise<string[]> => {
    const { body } = await door.http().post(POST).type('form').set(headers).send(fields).expect(status);
    return body.map(({ code, description }: { code: number; description: string }) => {
      expect(code).toBe(status);
      return description;
    });
  };

  it('lists the services in both forms', async () => {
    const json = await door.http().get('/open311/v2/services.json').expect(200).expect('content-type', 'application/json; charset=utf-8');
    expect(json.body[0]).toEqual({
      service_code: 'pothole',
      service_name: 'Pothole',
      description: 'A hole in a street or bike lane',
      metadata: false,
      type: 'realtime',
      keywords: 'road,hole,bike',
      group: 'Streets',
    });
    const xml = await door.http().get('/open311/v2/services.xml').expect(200).expect('content-type', 'text/xml; charset=utf-8');
    expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>\n<services><service><service_code>pothole</);
    expect(new XMLParser().parse(xml.text).services.service).toHaveLength(json.body.length);
  });

  it('takes a report in as form, multipart and JSON, and answers in the form that was asked for', async () => {
    const fields = good({ description: 'Deep' });
    const answers = [
      await door.http().post(POST).type('form').send(fields).expect(200),
      await door.http().post(POST).field(fields).expect(200),
      await door.http().post(POST).send(fields).expect(200),
    ];
    for (const { body } of answers) {
      expect(body).toEqual([
        { service_request_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{11}$/), service_notice: null, account_id: null },
      ]);
    }
    const xml = await door.http().post('/open311/v2/requests.xml').type('form').send(fields).expect(200);
    expect(xml.text).toMatch(
      /<service_requests><request><service_request_id>\w{11}<\/service_request_id><service_notice><\/service_notice>/,
    );
  });

  it('takes the key as a field or as a bearer token, and refuses every other', async () => {
    const { api_key: key, ...rest } = good();
    await door.http().post(POST).type('form').set('authorization', `Bearer ${key}`).send(rest).expect(200);
    for (const wrong of [rest, { ...rest, api_key: 'wrong-key' }, { ...rest, api_key: '' }]) {
      expect(await errorsOf(wrong, 403)).toEqual(['api_key: is missing or not known here']);
    }
  });

  it.each<[string, Record<string, string | string[]>, number, string]>([
    ['no service', good({ service_code: '' }), 400, 'service_code: is required'],
    ['an unknown service', good({ service_code: 'volcano' }), 404, 'service_code: there is no such service'],
    [
      'no place',
      { api_key: 'demo-key', service_code: 'pothole' },
      400,
      'lat and long, address_string or address_id: one of them is required',
    ],
    ['half a place', good({ long: '' }), 400, 'lat and long: are given together or not at all'],
    ['a place off the globe', good({ lat: '91' }), 400, 'lat: must be degrees north, from -90 to 90 (WGS 84)'],
    ['a place that is no number', good({ long: 'NaN' }), 400, 'long: must be degrees east, from -180 to 180 (WGS 84)'],
    ['too long a description', good({ description: 'x'.repeat(4_001) }), 400, 'description: at most 4000 characters'],
    ['an odd address', good({ email: 'nobody' }), 400, 'email: must be an email address'],
    ['a script for a picture', good({ media_url: 'javascript:alert(1)' }), 400, 'media_url: must be an http or https address'],
    ['two services', { ...good(), service_code: ['pothole', 'fallen-tree'] }, 400, 'service_code: must be given once, as text'],
  ])('refuses %s and names it', async (_what, fields, status, description) => {
    expect(await errorsOf(fields, status)).toEqual([description]);
  });

  it('says what is wrong also before a controller sees it, in the form of the path', async () => {
    const json = await door.http().post(POST).type('json').send('{"api_key":').expect(400);
    expect(json.body).toEqual([{ code: 400, description: expect.stringContaining('JSON') }]);
    const xml = await door
      .http()
      .post('/open311/v2/requests.xml')
      .field(good({ lat: 'north' }))
      .expect(400);
    expect(new XMLParser().parse(xml.text).errors.error).toEqual({
      code: 400,
      description: 'lat: must be degrees north, from -90 to 90 (WGS 84)',
    });
    const large = await door
      .http()
      .post(POST)
      .type('form')
      .send({ description: 'x'.repeat(300_000) })
      .expect(413);
    expect(large.body[0].code).toBe(413);
    await door
      .http()
      .get('/open311/v2/services.html')
      .expect(404)
      .expect([{ code: 404, description: 'The path must end in .json or .xml' }]);
    await door.http().get('/open311/v3/services').expect(404);
    await door.http().get('/nowhere').expect(404).expect('content-type', 'application/problem+json; charset=utf-8');
  });

  it('shows a request at once, and what it became a moment later', async () => {
    const description = 'Deep & <wide> 🕳 ]]> "here"';
    const reference = await submit(good({ description, address_string: '1 Main St', lat: '42', long: '-71.0600001' }));
    const { body } = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    expect(body).toEqual([
      expect.objectContaining({
        service_request_id: reference,
        status: 'open',
        description,
        lat: 42,
        long: -71.0600001,
        expected_datetime: null,
        agency_responsible: null,
      }),
    ]);

    await door.settle();
    const xml = await door
      .http()
      .get(`/open311/v2/requests/${reference.toLowerCase()}.xml`)
      .expect(200)
      .expect('access-control-allow-origin', '*');
    const shown = new XMLParser({ parseTagValue: false }).parse(xml.text).service_requests.request;
    expect(shown).toMatchObject({
      service_request_id: reference,
      description,
      agency_responsible: 'streets',
      requested_datetime: '2026-11-23T15:00:00Z',
      // Three business days from Monday, with Thanksgiving skipped.
      expected_datetime: '2026-11-27T15:00:00Z',
      address: '1 Main St',
      lat: '42.000000',
      long: '-71.0600001',
    });
    await door.http().get('/open311/v2/requests/3D7K2F9QXM4.json').expect(404);
    await door.http().get('/open311/v2/requests/%00.json').expect(404);
  });

  it('lists by ids, service, status and date, in pages', async () => {
    const tree = await submit(good({ service_code: 'fallen-tree' }));
    await door.settle();
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await door.http().get(`/open311/v2/requests.json?${query}`).expect(200);
      return body.map(({ service_request_id: id }: { service_request_id: string }) => id);
    };
    expect(await ids('service_code=fallen-tree,recycling-sticker&status=open')).toEqual([tree]);
    expect(await ids(`service_request_id=${tree},nonsense&status=closed`)).toEqual([tree]);
    expect(await ids('status=closed')).toEqual([]);
    expect(await ids('start_date=2026-11-23T10:00:00-05:00&end_date=2026-11-23T16:00:00Z')).toContain(tree);
    expect(await ids('end_date=2026-11-22T00:00:00Z')).toEqual([]);
    const all = await ids('');
    const pages = [await ids('page_size=2&page=1'), await ids('page_size=2&page=2')];
    expect(pages.flat()).toEqual(all.slice(0, 4));
    expect(await ids('page=50')).toEqual([]);
    await door
      .http()
      .get('/open311/v2/requests.xml?status=closed')
      .expect(/<service_requests><\/service_requests>$/);
    for (const [query, field] of [
      ['status=lost', 'status'],
      ['start_date=yesterday', 'start_date'],
      ['start_date=2026-01-01&end_date=2026-11-23', 'start_date'],
      ['start_date=2026-11-02&end_date=2026-11-01', 'start_date'],
      ['page=0', 'page'],
      ['page_size=ten', 'page_size'],
      ['status=open&status=closed', 'status'],
    ] as const) {
      const { body } = await door.http().get(`/open311/v2/requests.json?${query}`).expect(400);
      expect(body[0].description).toMatch(new RegExp(`^${field}`));
    }
  });

  describe('with an Idempotency-Key', () => {
    it('gives a retry the same reference, and another body 422', async () => {
      const key = { 'idempotency-key': 'retry-1' };
      const reference = await submit(good(), key);
      expect(await submit(good(), key)).toBe(reference);
      expect(await errorsOf(good({ lat: '42.36' }), 422, key)).toEqual(['Idempotency-Key: it was used before with another body']);
      await errorsOf(good(), 400, { 'idempotency-key': 'ü' });
    });

    it('gives twins that come at once one reference', async () => {
      const twins = await Promise.all(Array.from({ length: 12 }, () => submit(good(), { 'idempotency-key': 'twins' })));
      expect(new Set(twins).size).toBe(1);
    });

    it('holds over midnight, and after that the key is a new one', async () => {
      const late = await openTestDoor(profile, '2026-11-24T04:59:30.000Z');
      const send = async (): Promise<string> =>
        (await late.http().post(POST).type('form').set('idempotency-key', 'midnight').send(good()).expect(200)).body[0].service_request_id;
      const before = await send();
      late.clock.advance(60_000);
      expect(await send()).toBe(before);
      late.clock.advance(23 * 3_600_000);
      expect(await send()).toBe(before);
      late.clock.advance(24 * 3_600_000);
      expect(await send()).not.toBe(before);
      await late.close();
    });

    it('judges a refused attempt again', async () => {
      const key = { 'idempotency-key': 'refused-first' };
      await errorsOf(good({ lat: '99' }), 400, key);
      await submit(good(), key);
    });
  });

  it('keeps contact and free text out of the log, and gives the text back', async () => {
    const reference = await submit(
      good({ description: 'canary-text', first_name: 'canary-name', email: 'canary@example.org', phone: 'canary-phone' }),
    );
    const events = await door.ports.store.read(`request-${reference}`, 0, 10);
    expect(JSON.stringify(events)).not.toContain('canary');
    const { contact } = events[0]?.data as Submission;
    if (contact === null) throw new Error('There is a contact');
    expect(await door.ports.vault.openContact(reference, contact, 'present')).toEqual({
      firstName: 'canary-name',
      email: 'canary@example.org',
      phone: 'canary-phone',
    });
    const { text } = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    expect(text).toContain('canary-text');
    expect(text).not.toMatch(/canary-name|canary@|canary-phone/);
  });

  it('limits posts by client and says when to come back', async () => {
    const limited = await openTestDoor(profile, MONDAY, { ONEDOOR_RATE_LIMIT: '2' });
    const post = () => limited.http().post(POST).type('form').send(good());
    await post().expect(200);
    await post().expect(200);
    const { body } = await post().expect(429).expect('retry-after', /^\d+$/);
    expect(body[0].code).toBe(429);
    await limited.http().get('/open311/v2/services.json').expect(200);
    await limited.close();
  });

  it('complained about nothing', () => {
    expect(door.alarms).toEqual([]);
  });
});
