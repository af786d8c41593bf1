import { MemoryOutbox } from '@onedoor/adapters';
import { Unavailable, type Delivery, type MailMessage } from '@onedoor/engine';
import type { LedgerPage } from '@onedoor/notifications';
import { bearer } from './bearer.js';
import { deliver, outboxOf } from './mail.js';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const EMAIL = 'canary.resident@example.org';
const RESIDENT = { first_name: 'Canaria', last_name: 'Pajarito', email: EMAIL, phone: '617-555-0147' };

const post = async (door: TestDoor, fields: object, language = 'en'): Promise<string> => {
  const form = { api_key: 'demo-key', service_code: 'traffic-signal', address_string: 'Main & First', ...fields };
  const { body } = await door.http().post('/open311/v2/requests.json').set('Accept-Language', language).type('form').send(form).expect(200);
  await door.settle();
  return body[0].service_request_id as string;
};

describe.each(PROFILES)('what residents are written on %s', (profile) => {
  let door: TestDoor;

  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
  });
  afterAll(() => door.close());

  it('is that their request came in and by when it will be done, in their language and the time of the city', async () => {
    const reference = await post(door, RESIDENT, 'es-MX, en;q=0.5');
    await deliver(door);
    const [received, promised, ...more] = await outboxOf(door, reference);
    expect(received).toMatchObject({
      to: EMAIL,
      language: 'es',
      subject: expect.stringMatching(/^Recibimos su solicitud \w{3}-\w{4}-\w{4}$/),
    });
    expect(received?.text).toContain('Recibimos su solicitud sobre «');
    expect(promised).toMatchObject({ to: EMAIL, language: 'es' });
    // Four hours from three in the afternoon, UTC: at two in the afternoon in New York.
    expect(promised?.text).toContain('estará lista a más tardar el lunes, 23 de noviembre de 2026, 2:00 p.m. EST.');
    expect(more).toEqual([]);
  });

  it('is shown in the demo as they get it', async () => {
    const reference = await post(door, RESIDENT);
    await deliver(door);
    const list = await door
      .http()
      .get('/outbox')
      .expect(200)
      .expect('content-type', 'text/html; charset=utf-8')
      .expect('content-security-policy', /default-src 'none'/);
    expect(list.text).toContain(`href="/outbox/${reference}.1"`);
    const { text } = await door.http().get(`/outbox/${reference}.1`).expect(200).expect('content-type', 'text/html; charset=utf-8');
    expect(text).toContain('We received your request about');
    await door.http().get('/outbox/nothing').expect(404);
    await door.http().get('/outbox/..%2Flog.db').expect(404);
  });

  it('is nothing, and leaves no stream, where they gave no contact', async () => {
    const reference = await post(door, {});
    await deliver(door);
    expect(await outboxOf(door, reference)).toEqual([]);
    expect(await door.ports.store.read(`notification-${reference}`, 0, 10)).toEqual([]);
  });

  it('can be looked up by those who answer for it, page by page, and by nobody else', async () => {
    const reference = await post(door, RESIDENT);
    await deliver(door);
    await door.http().get('/api/v1/notifications').expect(401);
    await door
      .http()
      .get('/api/v1/notifications')
      .set('Authorization', await bearer(door.app, 'analyst'))
      .expect(403);
    const authorization = await bearer(door.app, 'auditor');
    const read = async (query: object): Promise<LedgerPage> =>
      (await door.http().get('/api/v1/notifications').query(query).set('Authorization', authorization).expect(200)).body as LedgerPage;
    const first = await read({ reference, limit: 1 });
    const second = await read({ reference, limit: 1, cursor: first.next });
    expect([...first.notifications, ...second.notifications].map(({ n, state }) => [n, state]).sort()).toEqual([
      [1, 'sent'],
      [2, 'sent'],
    ]);
    expect(await read({ reference, limit: 1, cursor: second.next })).toEqual({ notifications: [], next: null });
    const wrong = await door.http().get('/api/v1/notifications').query({ limit: 'all' }).set('Authorization', authorization).expect(400);
    expect(JSON.stringify(wrong.body)).toContain('limit: must be a whole number');
  });

  it('says who they are nowhere but in the message itself', async () => {
    const reference = await post(door, RESIDENT);
    await deliver(door);
    const authorization = await bearer(door.app, 'administrator');
    const { text } = await door.http().get('/api/v1/notifications').query({ reference }).set('Authorization', authorization).expect(200);
    const events = await door.ports.store.read(`notification-${reference}`, 0, 100);
    expect(events.length).toBeGreaterThan(4);
    const everything = [text, JSON.stringify(events), ...door.alarms].join('\n');
    for (const personal of Object.values(RESIDENT)) expect(everything).not.toContain(personal);
  });
});

describe('a mail server that is down', () => {
  /** An outbox behind a server that may be out of reach. */
  class FrailMailer extends MemoryOutbox {
    isDown = true;

    override async send(message: MailMessage): Promise<Delivery> {
      if (this.isDown) throw new Unavailable('The mail server is down');
      return super.send(message);
    }
  }

  it('is not noticed at the door, and what was to be written is written later, in order', async () => {
    const mailer = new FrailMailer();
    const door = await openTestDoor('memory', MONDAY, {}, mailer);
    const references = [await post(door, RESIDENT), await post(door, RESIDENT)];
    await deliver(door, 10);
    for (const reference of references) {
      const { body } = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
      expect(body[0]).toMatchObject({ status: 'open', expected_datetime: '2026-11-23T19:00:00Z' });
    }
    expect(await mailer.latest(10)).toEqual([]);

    mailer.isDown = false;
    door.clock.advance(15 * 60_000);
    await deliver(door, 10);
    const written = (await mailer.latest(10)).map(({ id }) => id).reverse();
    for (const reference of references)
      expect(written.filter((id) => id.startsWith(reference))).toEqual([`${reference}.1`, `${reference}.2`]);
    expect(written).toHaveLength(4);
    await door.close();
  });
});
