import { openHall, type Hall } from './hall.js';
import { PROFILES } from './support.js';

const UNKNOWN = '26N2K7DQMA4';

describe.each(PROFILES)('a case that left a department, on %s', (profile) => {
  let hall: Hall;
  let parks: string;
  let router: string;

  beforeAll(async () => {
    hall = await openHall(profile);
    [parks, router] = await Promise.all([hall.as('department', 'parks'), hall.as('router')]);
  });
  afterAll(() => hall.door.close());

  it('answers a retry as the first attempt was answered, and nothing of what happened since', async () => {
    const reference = await hall.report('fallen-tree');
    const { etag } = await hall.read(reference, parks);
    const sent = { 'if-match': etag, 'idempotency-key': 'accept once' };
    const first = await hall.act(reference, 'accept', parks, undefined, sent);
    expect(first).toMatchObject({ status: 200, body: { department: 'parks' } });
    await hall.act(reference, 'assign', parks, { assignee: 'crew-7' });
    await hall.act(reference, 'transfer', router, { department: 'streets', reason: 'next_step' });
    await hall.act(reference, 'resolve', router, { outcome: 'fixed' });
    const again = await hall.act(reference, 'accept', parks, undefined, sent);
    expect([again.status, again.etag, again.body]).toEqual([first.status, first.etag, first.body]);
    expect(await hall.read(reference, parks)).toMatchObject({ status: 404 });
  });

  it('answers the transfer that sent it away once more as it did', async () => {
    const reference = await hall.report('fallen-tree');
    const { etag } = await hall.read(reference, parks);
    const sent = { 'if-match': etag, 'idempotency-key': 'transfer once' };
    const body = { department: 'streets', reason: 'next_step' };
    const first = await hall.act(reference, 'transfer', parks, body, sent);
    await hall.act(reference, 'resolve', router, { outcome: 'fixed' });
    const again = await hall.act(reference, 'transfer', parks, body, sent);
    expect([again.status, again.etag, again.body]).toEqual([first.status, first.etag, first.body]);
    expect(first).toMatchObject({ status: 200, body: { status: 'queued', department: 'streets' } });
  });

  it('is to it as a case that does not exist, read or acted on, alone or among others', async () => {
    const reference = await hall.report('pothole');
    const [foreign, unknown] = [await hall.read(reference, parks), await hall.read(UNKNOWN, parks)];
    expect([foreign.status, foreign.body]).toEqual([404, unknown.body]);
    for (const [action, body] of [['start'], ['transfer', { department: 'streets', reason: 'next_step' }]] as const) {
      const answers = [];
      for (const id of [reference, UNKNOWN]) answers.push(await hall.act(id, action, parks, body, { 'if-match': '"1"' }));
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
      expect(answers[0]?.body).toEqual(answers[1]?.body);
    }
    for (const form of ['bulk/start', 'bulk/start/preview']) {
      const { body } = await hall.door
        .http()
        .post(`/api/v1/cases/${form}`)
        .set('authorization', parks)
        .send({ items: [reference, UNKNOWN].map((id) => ({ id, edition: 1 })) })
        .expect(200);
      const [one, other] = body as readonly Readonly<Record<string, unknown>>[];
      expect({ ...one, id: UNKNOWN }).toEqual(other);
    }
  });
});
