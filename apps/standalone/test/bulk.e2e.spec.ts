import { bearer } from './bearer.js';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

interface Result {
  readonly id: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly etag?: string;
  readonly answer?: { readonly assignee: string | null; readonly status: string };
  readonly events?: readonly string[];
}

describe.each(PROFILES)('the bulk form of a command on %s', (profile) => {
  let door: TestDoor;
  let streets: string;

  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
    streets = await bearer(door.app, 'department', 'streets');
  });
  afterAll(() => door.close());

  /** A case that streets has, in its first edition after routing. */
  async function report(): Promise<{ readonly id: string; readonly edition: number }> {
    const body = { api_key: 'demo-key', service_code: 'pothole', lat: 40.05, long: -71.58 };
    const { body: rows } = await door.http().post('/open311/v2/requests.json').send(body);
    await door.settle();
    const id = (rows as [{ service_request_id: string }])[0].service_request_id;
    const { headers } = await door.http().get(`/api/v1/cases/${id}`).set('authorization', streets);
    return { id, edition: Number(/\d+/.exec(headers['etag'] ?? '')?.[0]) };
  }

  const post = async (path: string, body: object, who = streets, headers: Record<string, string> = {}) =>
    door.http().post(`/api/v1/cases/bulk/${path}`).set('authorization', who).set(headers).send(body);
  const eventsOf = async (reference: string): Promise<number> => (await door.ports.store.read(`case-${reference}`, 0, 100)).length;

  it('answers each item by itself: done, stale, of another department, unknown', async () => {
    const [fine, stale, other] = [await report(), await report(), await report()];
    const router = await bearer(door.app, 'router');
    const transfer = { department: 'parks', reason: 'wrong_department' };
    const moved = door.http().post(`/api/v1/cases/${other.id}/transfer`).set('authorization', router).set('if-match', `"${other.edition}"`);
    expect((await moved.send(transfer)).status).toBe(200);
    const items = [
      fine,
      { ...stale, edition: stale.edition + 1 },
      other,
      { id: '9AN03NQK8NE', edition: 1 },
      { id: 'no-reference', edition: 1 },
    ];
    const { status, body } = await post('assign', { body: { assignee: 'crew-7' }, items });
    expect(status).toBe(200);
    const results = body as readonly Result[];
    expect(results.map(({ id, status: each, code }) => [id, each, code])).toEqual([
      [fine.id, 200, undefined],
      [stale.id, 412, 'CASE_CHANGED'],
      [other.id, 404, 'CASE_UNKNOWN'],
      ['9AN03NQK8NE', 404, 'CASE_UNKNOWN'],
      ['no-reference', 404, 'CASE_UNKNOWN'],
    ]);
    expect(results[0]).toMatchObject({ etag: `"${fine.edition + 1}"`, answer: { assignee: 'crew-7', status: 'assigned' } });
  });

  it('takes the editions that the queue shows', async () => {
    const mine = [await report(), await report()].map(({ id }) => id);
    const { body: rows } = await door.http().get('/api/v1/departments/streets/queue?limit=200').set('authorization', streets).expect(200);
    const items = (rows as readonly { readonly reference: string; readonly edition: number }[])
      .filter(({ reference }) => mine.includes(reference))
      .map(({ reference, edition }) => ({ id: reference, edition }));
    expect(items).toHaveLength(2);
    const { body } = await post('assign', { body: { assignee: 'crew-7' }, items });
    expect((body as readonly Result[]).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('does nothing again under the same key', async () => {
    const item = await report();
    const key = { 'idempotency-key': 'night-shift' };
    const first = await post('assign', { body: { assignee: 'crew-8' }, items: [item] }, streets, key);
    const events = await eventsOf(item.id);
    const again = await post('assign', { body: { assignee: 'crew-8' }, items: [item] }, streets, key);
    expect(again.body).toEqual(first.body);
    expect(await eventsOf(item.id)).toBe(events);
    const other = await post('assign', { body: { assignee: 'crew-9' }, items: [item] }, streets, key);
    expect(other.body).toMatchObject([{ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('takes commands without a body', async () => {
    const item = await report();
    expect((await post('accept', { items: [item] })).body).toMatchObject([{ id: item.id, status: 200 }]);
    expect((await post('accept', { body: { by: 'me' }, items: [item] })).body).toMatchObject({ detail: 'by: there is no such field' });
  });

  it('previews what would happen to each, and writes nothing', async () => {
    const [item, stale] = [await report(), await report()];
    const before = await Promise.all([item, stale].map(({ id }) => eventsOf(id)));
    const head = await door.ports.store.head();
    const body = {
      body: { outcome: 'fixed', note: 'All of them, in one go' },
      items: [item, { ...stale, edition: 9 }, { id: '9AN03NQK8NE', edition: 1 }],
    };
    const { body: previews } = await post('resolve/preview', body);
    expect(previews).toEqual([
      { id: item.id, status: 200, events: ['Left streets, on time', 'Resolved: fixed, on time'] },
      expect.objectContaining({ id: stale.id, status: 412, code: 'CASE_CHANGED' }),
      expect.objectContaining({ status: 404, code: 'CASE_UNKNOWN' }),
    ]);
    expect(await Promise.all([item, stale].map(({ id }) => eventsOf(id)))).toEqual(before);
    expect(await door.ports.store.head()).toBe(head);
  });

  it.each([
    [{}, 'items: must be a list of 1 to 200'],
    [{ items: [] }, 'items: must be a list of 1 to 200'],
    [{ items: Array.from({ length: 201 }, (_, index) => ({ id: `x${index}`, edition: 1 })) }, 'items: must be a list of 1 to 200'],
    [{ items: ['9AN03NQK8NE'] }, 'items[0]: must be an object with id and edition'],
    [{ items: [{ id: '9AN03NQK8NE' }] }, 'items[0].edition: must be a whole number from 1'],
    [
      { items: [{ id: '9AN03NQK8NE', edition: 0, name: 'x' }] },
      'items[0].name: there is no such field; items[0].edition: must be a whole number from 1',
    ],
    [
      {
        items: [
          { id: 'a', edition: 1 },
          { id: 'a', edition: 1 },
        ],
      },
      'items[1].id: is named twice',
    ],
    [
      {
        items: [
          { id: '9AN03NQK8NE', edition: 1 },
          { id: '9an-03nq-k8ne', edition: 1 },
        ],
      },
      'items[1].id: is named twice',
    ],
    [{ items: [{ id: 'a', edition: 1 }], all: true }, 'all: there is no such field'],
    [
      { items: [{ id: 'a', edition: 1 }], body: { assignee: 'no spaces please' } },
      'assignee: must be an id of 1 to 100 letters, digits, dots, colons, dashes and underscores, that begins with no dot',
    ],
  ])('says what is wrong with %j', async (body, detail) => {
    const answer = await post('assign', 'body' in body ? body : { body: { assignee: 'crew-1' }, ...body });
    expect(answer.status).toBe(400);
    expect((answer.body as { detail: string }).detail).toBe(detail);
  });

  it('is for the roles of the command', async () => {
    const item = await report();
    for (const role of ['auditor', 'analyst', 'administrator'] as const) {
      expect((await post('assign', { body: { assignee: 'x' }, items: [item] }, await bearer(door.app, role))).status).toBe(403);
    }
    expect((await post('excuse', { body: { reason: 'other_agency' }, items: [item] })).status).toBe(403);
  });
});
