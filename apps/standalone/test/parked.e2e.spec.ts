import type { PublicEvent } from '@onedoor/contracts';
import { openHall, type Hall } from './hall.js';
import { PROFILES } from './support.js';

const REASON = 'Its system of origin never sent the request';

describe.each(PROFILES)('parked keys on %s', (profile) => {
  let hall: Hall;
  let chief: string;

  beforeAll(async () => {
    hall = await openHall(profile);
    chief = await hall.as('administrator');
    for (const key of ['26N2K7DQMA4', '26N2K7DQMB3'])
      await hall.door.ports.bus.publish([{ topic: 'onedoor.routing', event: unreadable(key) }]);
    await settle();
  });
  afterAll(() => hall.door.close());

  /** A message that no consumer can read: what it tells of is missing. */
  let messages = 0;
  const unreadable = (subject: string): PublicEvent => ({
    specversion: '1.0',
    id: `unreadable-${(messages += 1)}`,
    source: '/onedoor/routing',
    type: 'gov.onedoor.routing.promise.made.v1',
    subject,
    time: hall.door.clock.now(),
    datacontenttype: 'application/json',
    sequence: '00000001.0',
    correlationid: subject,
    causationid: subject,
    jurisdiction: 'riverbend.example',
    data: null,
  });

  /** Lets everything be heard, passing the waits between the attempts at what fails. */
  const settle = async (): Promise<void> => {
    let isDone = false;
    const settling = hall.door.settle().finally(() => (isDone = true));
    for (;;) {
      await Promise.race([settling, hall.door.clock.untilWaitedFor()]);
      if (isDone) return settling;
      await hall.door.clock.passNextWait();
    }
  };

  const list = async (query = ''): Promise<readonly { readonly id: string; readonly group: string }[]> =>
    (await hall.door.http().get(`/api/v1/parked${query}`).set('authorization', chief).expect(200)).body;
  const decide = (id: string, decision: string, body: object = {}) =>
    hall.door.http().post(`/api/v1/parked/${id}/${decision}`).set('authorization', chief).send(body);

  it('are listed for administrators, by consumer, with since when and why, page by page', async () => {
    const all = await list();
    expect(all.length).toBeGreaterThan(3);
    expect(all[0]).toMatchObject({ key: '26N2K7DQMA4', reason: expect.stringMatching(/^TypeError/), messageId: 'unreadable-1' });
    expect(new Set(all.map(({ group }) => group))).toEqual(new Set([...new Set(all.map(({ group }) => group))].sort()));
    let path: string | undefined = '/api/v1/parked?limit=1';
    const paged: unknown[] = [];
    while (path !== undefined) {
      const page: { readonly body: unknown[]; readonly headers: Record<string, string> } = await hall.door
        .http()
        .get(path)
        .set('authorization', chief)
        .expect(200);
      paged.push(...page.body);
      path = /<(?<next>[^>]+)>/.exec(page.headers['link'] ?? '')?.groups?.['next'];
    }
    expect(paged).toEqual(all);
    expect(await list('?group=intake')).toEqual(all.filter(({ group }) => group === 'intake'));
    await hall.door
      .http()
      .get('/api/v1/parked')
      .set('authorization', await hall.as('router'))
      .expect(403);
  });

  it('are dropped with a reason, which is kept with who gave it', async () => {
    await decide('intake.26N2K7DQMA4', 'drop').expect(400);
    await decide('intake.26N2K7DQMA4', 'drop', { reason: REASON }).expect(204);
    await settle();
    expect((await list('?group=intake')).map(({ id }) => id)).toEqual(['intake.26N2K7DQMB3']);
    const [event] = await hall.door.ports.store.read('parking-intake.26N2K7DQMA4', 0, 10);
    expect(event).toMatchObject({
      type: 'ParkedKeyDropped',
      data: { group: 'intake', key: '26N2K7DQMA4', reason: REASON, messages: [{ id: 'unreadable-1' }] },
      metadata: { actor: { role: 'integrator', id: expect.any(String) } },
    });
    await decide('intake.26N2K7DQMA4', 'drop', { reason: REASON }).expect(404);
  });

  it('are released: retried at once, and parked again where they fail', async () => {
    const attempts = async (): Promise<unknown> => (await list('?group=intake')).map((row) => (row as { attempts?: number }).attempts);
    const [before] = (await attempts()) as number[];
    await decide('intake.26N2K7DQMB3', 'release').expect(204);
    await settle();
    expect(((await attempts()) as number[])[0]).toBeGreaterThan(before ?? 0);
  });

  it.each(['intake.26N2K7DQMC2', 'nobody.26N2K7DQMB3', 'no-id', '..', 'intake.%20'])('%s is 404: no such key is parked', async (id) => {
    const { body } = await decide(id, 'release').expect(404);
    if (!id.startsWith('..')) expect(body).toMatchObject({ code: 'PARKED_KEY_UNKNOWN' });
  });
});
