import { XMLParser } from 'fast-xml-parser';
import { MemoryOutbox } from '@onedoor/adapters';
import type { Submission } from '@onedoor/intake';
import { Courier } from '@onedoor/notifications';
import type { Response } from 'supertest';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const POST = '/open311/v2/requests.json';
const LIST = '/open311/v2/requests.json';

const good = (more: Record<string, string> = {}): Record<string, string> => ({
  api_key: 'demo-key',
  service_code: 'pothole',
  lat: '42.35',
  long: '-71.06',
  ...more,
});

type Fields = Record<string, string | string[]>;

describe.each(PROFILES)('the door on %s', (profile) => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
  });
  afterAll(() => door.close());

  const post = (fields: Fields, headers: Record<string, string> = {}) => door.http().post(POST).type('form').set(headers).send(fields);
  const submit = async (fields: Fields = good(), headers: Record<string, string> = {}): Promise<string> =>
    (await post(fields, headers).expect(200)).body[0].service_request_id;
  const refusal = async (fields: Fields): Promise<string> => (await post(fields).expect(400)).body[0].description;
  const get = (query: string) => door.http().get(`${LIST}?${query}`);
  const idsIn = ({ body }: { body: { service_request_id: string }[] }): string[] => body.map(({ service_request_id: id }) => id);
  const submissionOf = async (reference: string): Promise<Submission> => {
    const [first] = await door.ports.store.read(`request-${reference}`, 0, 1);
    return first?.data as Submission;
  };

  describe('drops nothing in silence', () => {
    it.each<[string, Fields]>([
      ['lat', { ...good(), lat: '40,05' }],
      ['long', { ...good(), long: '-71,06' }],
      ['lat', { ...good(), lat: '4 2' }],
      ['lat', { ...good(), lat: '0x2a' }],
      ['lat and long', { ...good({ address_string: '1 Main St' }), long: '' }],
      ['lat and long', { ...good({ address_string: '1 Main St' }), lat: '' }],
      ['media_url', { ...good(), media_url: ['https://example.org/1.jpg', 'https://example.org/2.jpg'] }],
      ['description', { ...good(), description: ['one', 'two'] }],
      ['requested_datetime', good({ requested_datetime: '2026-01-01T00:00:00Z' })],
      ['__proto__', { ...good(), ['__proto__[x]']: 'y' }],
    ])('refuses %s by name', async (field, fields) => {
      expect(await refusal(fields)).toMatch(new RegExp(`^${field.replace(/[[\]]/g, '.')}`));
    });

    it.each(['media_url', 'email', 'lat', 'address_string', 'service_code'])('says of %s that it is given once', async (field) => {
      const twice = { ...good(), [field]: ['https://example.org/1', 'https://example.org/2'] };
      expect(await refusal(twice)).toBe(`${field}: must be given once, as text`);
    });

    it.each([
      'updated_after=2026-01-01T00:00:00Z',
      'q=pothole',
      'bbox=1,2,3,4',
      'agency_responsible=streets',
      'radius=10',
      'start_date=2026-02-30',
      'end_date=2026-11-31T10:00:00Z',
      'page_size=2&limit=3',
      'page=1&cursor=abc',
      'cursor=abc',
      'page=1e3',
      `service_request_id=${Array.from({ length: 1_001 }, (_, index) => index).join()}`,
      `service_code=${Array.from({ length: 101 }, (_, index) => index).join()}`,
    ])('refuses a query with %s', async (query) => {
      const { body } = await get(query).expect(400);
      expect(body[0].description).toContain((query.split('=')[0] ?? '').split('&')[0]);
    });

    it('lets pass what clients send with every call', async () => {
      const passed = 'api_key=x&jurisdiction_id=&extensions=true&_=1&callback=f';
      await get(passed).expect(200);
      await door.http().get(`/open311/v2/services.json?${passed}`).expect(200);
      const reference = await submit(good({ jurisdiction_id: 'riverbend.example', extensions: 'true', _: '1', callback: 'f' }));
      await door.http().get(`/open311/v2/requests/${reference}.json?${passed}`).expect(200);
      for (const path of ['services', `requests/${reference}`]) await door.http().get(`/open311/v2/${path}.json?page=1`).expect(400);
    });

    it('keeps answers to questions that are not asked, sealed, and takes an empty one for none', async () => {
      const reference = await submit({
        ...good(),
        'attribute[COLOR]': 'canary-red',
        'attribute[SIZE][]': ['canary-1', 'canary-2'],
        'attribute[EMPTY]': '  ',
      });
      const submission = await submissionOf(reference);
      expect(JSON.stringify(submission)).not.toContain('canary');
      if (submission.sealedAttributes === null) throw new Error('They are kept');
      expect(JSON.parse((await door.ports.vault.unseal(reference, submission.sealedAttributes, 'work')) ?? '')).toEqual([
        { question: 'COLOR', values: ['canary-red'] },
        { question: 'SIZE', values: ['canary-1', 'canary-2'] },
      ]);
      const without = await submit({ ...good(), 'attribute[EMPTY]': '' });
      expect((await submissionOf(without)).sealedAttributes).toBeNull();
      expect((await post({ ...good(), 'attribute[': 'odd' }).expect(200)).body[0].service_notice).toBeNull();
    });

    it('takes the report without its files, and says so; an empty file is none', async () => {
      const withFile = await door.http().post(POST).field(good()).attach('media', Buffer.from('photo'), 'private-name.jpg').expect(200);
      expect(withFile.body[0].service_notice).toContain('media');
      expect(withFile.text).not.toContain('private-name');
      const xml = await door.http().post('/open311/v2/requests.xml').field(good()).attach('photo1', Buffer.from('x'), 'x.jpg').expect(200);
      expect(new XMLParser().parse(xml.text).service_requests.request.service_notice).toContain('photo1');
      const empty = await door.http().post(POST).field(good()).attach('media', Buffer.alloc(0), '').expect(200);
      expect(empty.body[0].service_notice).toBeNull();
    });
  });

  describe('reads a form in its charset', () => {
    const form = (text: string, charset: BufferEncoding): Buffer =>
      Buffer.concat([Buffer.from(`api_key=demo-key&service_code=pothole&lat=42.35&long=-71.06&description=`), Buffer.from(text, charset)]);
    const send = (body: Buffer, type: string) =>
      door
        .http()
        .post(POST)
        .set('content-type', type)
        .serialize((sent) => sent as string)
        .send(body);
    const shown = async (answer: { body: { service_request_id: string }[] }): Promise<string> => {
      const { body } = await door
        .http()
        .get(`/open311/v2/requests/${idsIn(answer)[0]}.json`)
        .expect(200);
      return body[0].description;
    };
    const TYPE = 'application/x-www-form-urlencoded';

    it('which is UTF-8 unless its Content-Type names one', async () => {
      expect(await shown(await send(form('Bordstein zerst\u00f6rt', 'utf8'), TYPE).expect(200))).toBe('Bordstein zerst\u00f6rt');
      expect(await shown(await send(form('zerst\u00f6rt', 'latin1'), `${TYPE}; charset=iso-8859-1`).expect(200))).toBe('zerst\u00f6rt');
      const { body } = await send(form('zerst\u00f6rt', 'latin1'), TYPE).expect(400);
      expect(body[0].description).toMatch(/^description: /);
    });

    it('or the setting of its key does', async () => {
      const other = await openTestDoor(profile, MONDAY, { ONEDOOR_OPEN311_KEYS: 'old-system;charset=windows-1252,demo-key' });
      const body = Buffer.concat([form('', 'latin1'), Buffer.from('caf\u00e9 ', 'latin1'), Buffer.from([0x80])]);
      const old = Buffer.from(body.toString('latin1').replace('demo-key', 'old-system'), 'latin1');
      const post = (sent: Buffer) =>
        other
          .http()
          .post(POST)
          .set('content-type', TYPE)
          .serialize((each) => each as string)
          .send(sent);
      const answer = await post(old).expect(200);
      const one = await other
        .http()
        .get(`/open311/v2/requests/${idsIn(answer)[0]}.json`)
        .expect(200);
      expect(one.body[0].description).toBe('caf\u00e9 \u20ac');
      await post(body).expect(400);
      await other.close();
    });
  });

  describe("dates are the city's", () => {
    it('and a last day is included, by the second that is shown', async () => {
      const dated = await openTestDoor(profile, '2026-11-22T04:59:59.400Z');
      const at = async (instant: string): Promise<string> => {
        dated.clock.advance(Date.parse(instant) - Date.parse(dated.clock.now()));
        return (await dated.http().post(POST).type('form').send(good()).expect(200)).body[0].service_request_id;
      };
      const saturday = await at('2026-11-22T04:59:59.400Z');
      const [first, last] = [await at('2026-11-22T05:00:00.000Z'), await at('2026-11-23T04:59:59.999Z')];
      const monday = await at('2026-11-23T05:00:00.000Z');
      await dated.settle();
      const ids = async (query: string) => idsIn(await dated.http().get(`${LIST}?${query}`).expect(200));
      expect(await ids('start_date=2026-11-22&end_date=2026-11-22')).toEqual([last, first]);
      expect(await ids('start_date=2026-11-21&end_date=2026-11-21')).toEqual([saturday]);
      expect(await ids('start_date=2026-11-22T23:59:59&end_date=2026-11-23T00:00:00')).toEqual([monday, last]);
      expect(await ids('end_date=2026-11-22T04:59:59Z')).toEqual([saturday]);
      expect(await ids('start_date=2026-11-22T23:59:59.999-05:00')).toEqual([monday, last]);
      await dated.close();
    });
  });

  it('shows what people wrote where the service says so, and nowhere to everyone where it does not', async () => {
    const shown = await submit(good({ description: 'Deep as a bucket' }));
    const kept = await submit(good({ service_code: 'something-else', description: 'My neighbour Brunhilde' }));
    await door.settle();
    for (const query of [`service_request_id=${shown},${kept}`, '']) {
      const { body } = await get(query).expect(200);
      const described = new Map(body.map((row: Record<string, string>) => [row['service_request_id'], row['description']]));
      expect([described.get(shown), described.get(kept)]).toEqual(['Deep as a bucket', null]);
    }
    for (const path of [`/open311/v2/requests/${kept}.xml`, `/open311/v2/requests/${kept}.json`, '/open311/v2/requests.xml'])
      expect((await door.http().get(path).expect(200)).text).not.toContain('Brunhilde');
  });

  it('says in the language of the reader how a request stands', async () => {
    const reference = await submit();
    const { headers } = await get(`service_request_id=${reference}`).set('accept-language', 'es-MX, en;q=0.5').expect(200);
    expect([headers['content-language'], headers['vary']]).toEqual(['es', expect.stringContaining('Accept-Language')]);
    expect((await get('').expect(200)).headers['content-language']).toBe('en');
  });

  it('pages by where the last page ended, whatever happens in between', async () => {
    const paged = await openTestDoor(profile, MONDAY);
    const add = async (): Promise<string> => {
      paged.clock.advance(1_000);
      return (await paged.http().post(POST).type('form').send(good()).expect(200)).body[0].service_request_id;
    };
    const before: string[] = [];
    for (let count = 0; count < 7; count++) before.unshift(await add());
    await paged.settle();
    const seen: string[] = [];
    let path: string | null = `${LIST}?page_size=3&status=open`;
    for (let pages = 0; path !== null; pages++) {
      const answer: Response = await paged.http().get(path).expect(200).expect('access-control-allow-origin', '*');
      seen.push(...idsIn(answer));
      const link: string | undefined = answer.headers['link'];
      path = /^<([^>]+)>; rel="next"$/.exec(link ?? '')?.[1] ?? null;
      if (link !== undefined) expect(answer.headers['access-control-expose-headers']).toBe('Link');
      expect(pages).toBeLessThan(3);
      await add();
      await paged.settle();
    }
    expect(seen).toEqual(before);
    expect((await paged.http().get(`${LIST}?page_size=100`)).headers['link']).toBeUndefined();
    expect((await paged.http().get(`${LIST}?page_size=3&page=2`)).headers['link']).toContain('cursor=');
    await paged.close();
  });

  it('knows its own jurisdiction only', async () => {
    for (const path of ['services.json?', 'requests.json?', 'requests/3D7K2F9QXM4.xml?'])
      await door
        .http()
        .get(`/open311/v2/${path}jurisdiction_id=elsewhere.example`)
        .expect(404, /jurisdiction_id/);
    await door
      .http()
      .post(`${POST}?jurisdiction_id=elsewhere.example`)
      .type('form')
      .send(good())
      .expect(404, /jurisdiction_id/);
    await post(good({ jurisdiction_id: 'elsewhere.example' })).expect(404, /jurisdiction_id/);
    await post(good({ jurisdiction_id: ' ' })).expect(200);
    await get('jurisdiction_id=riverbend.example').expect(200);
  });

  describe('takes an email', () => {
    it('without the space around it', async () => {
      const reference = await submit(good({ email: '  zoe@example.org ' }));
      const { contact } = await submissionOf(reference);
      expect(contact && (await door.ports.vault.openContact(reference, contact, 'notify'))).toEqual({ email: 'zoe@example.org' });
    });

    it.each(['"two words"@example.org', 'zoe@localhost', 'zoe\u202e@example.org', 'zoe@example..org', 'Zoe <zoe@example.org>'])(
      'only where mail can be sent to it: not %s',
      async (email) => expect(await refusal(good({ email }))).toBe('email: must be an email address'),
    );

    it('and an address in words only as it is shown', async () => {
      for (const field of ['address_string', 'address_id'])
        expect(await refusal(good({ [field]: '1 Main \u202eteertS' }))).toMatch(new RegExp(`^${field}: must not have characters`));
      const reference = await submit(good({ description: 'pay \u202egro.elpmaxe\u202c now' }));
      const { body } = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
      expect(body[0].description).toBe('pay gro.elpmaxe now');
    });
  });

  describe('under one key', () => {
    it('is the same request in another language', async () => {
      const key = { 'idempotency-key': 'language' };
      const reference = await submit(good({ email: 'zoe@example.org' }), { ...key, 'accept-language': 'es' });
      expect(await submit(good({ email: 'zoe@example.org' }), { ...key, 'accept-language': 'en' })).toBe(reference);
      await post(good({ email: 'max@example.org' }), key).expect(422);
    });

    it('keeps no hash that a guess could be compared with', async () => {
      const hashOf = async (fields: Record<string, string>, key: string): Promise<string | undefined> => {
        const reference = await submit(fields, { 'idempotency-key': key });
        return (await door.ports.store.read(`request-${reference}`, 0, 1))[0]?.metadata.bodyHash;
      };
      const said = good({ description: 'guess me' });
      const [one, other] = [await hashOf(said, 'guess-1'), await hashOf(said, 'guess-2')];
      expect(one).toMatch(/^mac:/);
      expect(other).not.toBe(one);
    });

    it('gives a retry its reference after an erasure, and compares nothing', async () => {
      const key = { 'idempotency-key': 'erased' };
      const reference = await submit(good({ email: 'zoe@example.org' }), key);
      await door.ports.vault.destroy(reference);
      expect(await submit(good({ email: 'max@example.org' }), key)).toBe(reference);
    });

    it.each([
      ['over midnight', 60_000],
      ['with a clock that was set back over it', -60_000],
    ])('finds the first request %s', async (_how, stepMs) => {
      const midnight = await openTestDoor(profile, stepMs > 0 ? '2026-11-24T04:59:30.000Z' : '2026-11-24T05:00:30.000Z');
      const send = async (): Promise<string> =>
        idsIn(await midnight.http().post(POST).type('form').set('idempotency-key', 'midnight').send(good()).expect(200))[0] ?? '';
      const first = await send();
      midnight.clock.advance(stepMs);
      expect(await send()).toBe(first);
      await midnight.close();
    });

    it('writes to the reporter whose report was kept, of two that raced, every time', async () => {
      const mailer = new MemoryOutbox();
      const raced = await openTestDoor(profile, MONDAY, {}, mailer);
      const winners: string[] = [];
      for (let race = 0; race < 20; race++) {
        const emails = [`one-${race}@example.org`, `two-${race}@example.org`];
        const answers = await Promise.all(
          emails.map((email) => raced.http().post(POST).type('form').set('idempotency-key', `race-${race}`).send(good({ email }))),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
        const won = answers.findIndex(({ status }) => status === 200);
        winners.push(emails[won] ?? '');
        const [reference = ''] = idsIn(answers[won] as never);
        // Nothing of the other one is kept: beside the key there is no contact at all.
        expect(await raced.ports.vault.contact(reference, 'notify')).toBeNull();
        await raced.settle();
        await raced.app.get(Courier).deliver(reference);
      }
      expect((await mailer.latest(100)).map(({ to }) => to).sort()).toEqual([...winners].sort());
      await raced.close();
    });
  });

  describe('bounds what is asked of it', () => {
    it('by cost, so that small reads go on where large ones are refused', async () => {
      const bounded = await openTestDoor(profile, MONDAY, { ONEDOOR_RATE_LIMIT: '3' });
      const read = (path: string) => bounded.http().get(path);
      await read('/open311/v2/requests.xml').expect(200);
      const refused = await read('/open311/v2/requests.xml').expect(429).expect('retry-after', /^\d+$/);
      expect(refused.headers['content-type']).toBe('text/xml; charset=utf-8');
      await read('/open311/v2/requests.json?page_size=10').expect(200);
      await read(`/open311/v2/requests.json?service_request_id=${Array.from({ length: 999 }, (_, index) => index).join()}`).expect(429);
      for (let time = 0; time < 9; time++) await read('/').expect(200);
      await read('/').expect(429);
      bounded.clock.advance(60_000);
      await read('/open311/v2/requests.xml').expect(200);
      await bounded.close();
    });

    it('by api key beside address, and IPv6 by its network', async () => {
      const bounded = await openTestDoor(profile, MONDAY, {
        ONEDOOR_RATE_LIMIT: '2',
        ONEDOOR_BEHIND_TLS: 'on',
        ONEDOOR_OPEN311_KEYS: 'one-key,two-key',
      });
      const from = (address: string, key: string) =>
        bounded
          .http()
          .post(POST)
          .type('form')
          .set('x-forwarded-for', address)
          .send({ ...good(), api_key: key });
      await from('192.0.2.1', 'one-key').expect(200);
      await from('192.0.2.2', 'one-key').expect(200);
      await from('192.0.2.3', 'one-key').expect(429);
      await from('2001:db8:0:1::1', 'two-key').expect(200);
      await from('2001:db8:0:1::2', 'wrong-key').expect(403);
      await from('2001:db8:0:1:ffff::3', 'two-key').expect(429);
      await from('2001:db8:0:2::1', 'two-key').expect(200);
      await bounded.close();
    });

    it('and compresses what is longer than a kilobyte, for clients that take it', async () => {
      for (let count = 0; count < 5; count++) await submit(good({ description: `Deep, by the bus stop, number ${count}` }));
      await door.settle();
      const list = (encoding: string) => door.http().get(`${LIST}?page_size=5`).set('accept-encoding', encoding).expect(200);
      const [packed, plain] = [await list('gzip'), await list('identity')];
      expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('Accept-Encoding') });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(packed.body).toEqual(plain.body);
      expect((await door.http().get(`${LIST}?page_size=1`).set('accept-encoding', 'gzip')).headers['content-encoding']).toBeUndefined();
      const home = await door.http().get('/').set('accept-encoding', 'gzip').expect(200);
      expect(home.headers['content-encoding']).toBe('gzip');
    });

    it('and shows a list without a read of the log, with one call of the vault', async () => {
      door.clock.advance(1_000);
      const references = [await submit(good({ description: 'one' })), await submit(good({ description: 'two' }))];
      await door.settle();
      const { store, vault } = door.ports;
      const [read, unseal] = [store.read, vault.unseal];
      store.read = () => Promise.reject(new Error('The log was read'));
      vault.unseal = () => Promise.reject(new Error('The vault was asked for one text'));
      try {
        for (const query of [`service_request_id=${references.join()}`, 'page_size=2']) {
          const { body } = await get(query).expect(200);
          expect(body.map(({ description }: { description: string }) => description).sort()).toEqual(['one', 'two']);
        }
      } finally {
        store.read = read;
        vault.unseal = unseal;
      }
    });
  });
});
