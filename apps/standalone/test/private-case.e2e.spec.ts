import { Unavailable } from '@onedoor/engine';
import { CATALOG_COMMANDS, CATALOG_ID, REQUEST_STATUS } from '@onedoor/intake';
import { CommandGateway, type Role } from '@onedoor/platform';
import { CASE_OVERVIEW } from '@onedoor/routing';
import { bearer } from './bearer.js';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const SECRET_WORDS = 'My neighbour hits his dog in the yard behind number nine';
const SECRET_PLACE = { lat: 40.0512, long: -71.5834 };
const SERVICE = {
  code: 'animal-cruelty',
  name: 'Animal cruelty',
  description: 'Told in confidence',
  group: 'Animals',
  keywords: [],
  visibility: 'private',
};

describe.each(PROFILES)('a private request on %s', (profile) => {
  let door: TestDoor;
  let reference: string;

  const as = (role: Role, department: string | null = null): Promise<string> => bearer(door.app, role, department);
  const get = async (path: string, who: string) => door.http().get(path).set('authorization', who);

  async function report(service: string, fields: object): Promise<string> {
    const body = { api_key: 'demo-key', service_code: service, ...fields };
    const answer = await door.http().post('/open311/v2/requests.json').send(body);
    expect(answer.status).toBe(200);
    await door.settle();
    return (answer.body as [{ service_request_id: string }])[0].service_request_id;
  }

  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
    const envelope = {
      commandId: 'private',
      actor: { role: 'system', id: 'test' },
      correlationId: 'catalog-city',
      recordedAt: MONDAY,
    } as const;
    await door.app.get(CommandGateway).send(CATALOG_COMMANDS, CATALOG_ID, 'add-services', { services: [SERVICE] }, MONDAY, envelope);
    reference = await report(SERVICE.code, {
      ...SECRET_PLACE,
      address_string: '9 Quiet Lane',
      description: SECRET_WORDS,
      media_url: 'https://example.org/dog.jpg',
    });
    const router = await as('router');
    const { headers } = await get(`/api/v1/cases/${reference}`, router);
    const transfer = { department: 'parks', reason: 'wrong_department' };
    const sent = door
      .http()
      .post(`/api/v1/cases/${reference}/transfer`)
      .set('authorization', router)
      .set('if-match', headers['etag'] ?? '');
    expect((await sent.send(transfer)).status).toBe(200);
    await door.settle();
  });
  afterAll(() => door.close());

  it('is read by the department that has it: words, place and picture', async () => {
    const { status, body } = await get(`/api/v1/cases/${reference}`, await as('department', 'parks'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      visibility: 'private',
      reported: {
        cell: expect.stringMatching(/^[0-9b-hjkmnp-z]{7}$/) as string,
        location: { ...SECRET_PLACE, address: '9 Quiet Lane', addressId: null },
        mediaUrl: 'https://example.org/dog.jpg',
        description: SECRET_WORDS,
        isWithheld: false,
      },
    });
  });

  it('does not exist for another department, and is withheld from an auditor', async () => {
    expect((await get(`/api/v1/cases/${reference}`, await as('department', 'streets'))).status).toBe(404);
    const { body } = await get(`/api/v1/cases/${reference}`, await as('auditor'));
    expect(body).toMatchObject({ reported: { location: null, description: null, mediaUrl: null, isWithheld: true } });
  });

  it('leaves its words and its place in no event, no document, no topic and no alarm', async () => {
    const texts: string[] = [...door.alarms];
    for await (const signal of door.ports.store.subscribe({ after: null, signal: new AbortController().signal })) {
      if (signal.kind === 'caught-up') break;
      texts.push(JSON.stringify(signal.events));
    }
    for (const { collection } of [CASE_OVERVIEW, REQUEST_STATUS]) {
      for await (const page of door.ports.readModels.scan(collection)) texts.push(JSON.stringify(page));
    }
    const everything = texts.join('\n');
    expect(everything).toContain(reference);
    for (const secret of [SECRET_WORDS, '9 Quiet Lane', '40.0512', '71.5834', 'dog.jpg']) expect(everything).not.toContain(secret);
  });

  it('is shown only once it is recorded who is shown it', async () => {
    const who = await as('department', 'parks');
    const disclosures = async (): Promise<number> => (await door.ports.store.read(`disclosure-${reference}.2026-11`, 0, 100)).length;
    const before = await disclosures();
    expect((await get(`/api/v1/cases/${reference}`, who)).status).toBe(200);
    expect(await disclosures()).toBe(before + 1);
    const [last] = (await door.ports.store.read(`disclosure-${reference}.2026-11`, before, 1)).slice(-1);
    expect(last).toMatchObject({
      type: 'SealedTextShown',
      data: { reference, parts: ['details', 'description'] },
      metadata: { actor: { role: 'integrator' } },
    });
    const { body } = await get(`/api/v1/audit/requests/${reference}/readings?month=2026-11`, await as('auditor'));
    expect((body as { readonly readings: readonly object[] }).readings.at(-1)).toEqual({
      at: last?.at,
      actor: `integrator:${last?.metadata.actor.id}`,
      parts: ['details', 'description'],
      purpose: 'work',
      asOf: null,
    });
  });

  it('is 503 where that can not be recorded, while other reads go on', async () => {
    const pothole = await report('pothole', { lat: 40.05, long: -71.58, description: '\u202eDeep\u202c' });
    const who = await as('router');
    const { store } = door.ports;
    const append = store.append.bind(store);
    store.append = (stream, expected, events) =>
      stream.startsWith('disclosure-') ? Promise.reject(new Unavailable('Not just now')) : append(stream, expected, events);
    try {
      expect((await get(`/api/v1/cases/${reference}`, who)).status).toBe(503);
      const open = await get(`/api/v1/cases/${pothole}`, who);
      expect(open.status).toBe(200);
      expect(open.body).toMatchObject({ reported: { description: 'Deep', location: { lat: 40.05, long: -71.58 } } });
    } finally {
      store.append = append;
    }
  });

  it('has notes that the staff who work on it read back, and no other department', async () => {
    const who = await as('department', 'parks');
    const { headers } = await get(`/api/v1/cases/${reference}`, who);
    const body = { reason: 'weather', expectedUntil: '2026-11-25T13:00:00Z', note: 'The owner is away until Wednesday' };
    const wait = door
      .http()
      .post(`/api/v1/cases/${reference}/wait`)
      .set('authorization', who)
      .set('if-match', headers['etag'] ?? '');
    expect((await wait.send(body)).status).toBe(200);
    const { body: notes } = await get(`/api/v1/cases/${reference}/notes`, who);
    expect(notes).toEqual([{ at: MONDAY, command: 'wait', by: expect.stringMatching(/^integrator:/) as string, text: body.note }]);
    expect((await get(`/api/v1/cases/${reference}/notes`, await as('department', 'streets'))).status).toBe(404);
    expect((await get(`/api/v1/cases/${reference}/notes`, await as('auditor'))).status).toBe(403);
  });
});
