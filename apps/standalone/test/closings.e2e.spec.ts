import { DAY_MS, HOUR_MS } from '@onedoor/kernel';
import { openHall, type Hall } from './hall.js';
import { PROFILES } from './support.js';

describe.each(PROFILES)('how a case ends, over HTTP on %s', (profile) => {
  let hall: Hall;
  let streets: string;
  let router: string;

  beforeAll(async () => {
    hall = await openHall(profile);
    [streets, router] = await Promise.all([hall.as('department', 'streets'), hall.as('router')]);
  });
  afterAll(() => hall.door.close());

  const notes = async (reference: string): Promise<unknown> => {
    await hall.door.settle();
    const { body } = await hall.door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    return (body as readonly { readonly status_notes: unknown }[])[0]?.status_notes;
  };

  it('a duplicate names the request that it joins, in the sentence that everyone reads', async () => {
    const [parent, reference] = [await hall.report('pothole'), await hall.report('pothole')];
    const resolve = (body: object) => hall.act(reference, 'resolve', streets, { outcome: 'duplicate', ...body });
    expect(await resolve({})).toMatchObject({ status: 409, body: { code: 'DUPLICATE_NEEDS_PARENT' } });
    expect(await resolve({ parent: reference })).toMatchObject({ status: 409, body: { code: 'PARENT_UNKNOWN' } });
    expect(await resolve({ parent: 'not one' })).toMatchObject({ status: 400 });
    expect(await resolve({ parent })).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await notes(reference)).toMatch(/^The same matter had been reported already: it goes on under request /);
  });

  it('a referral names the authority and how to reach it, and what is declined its reason', async () => {
    const [referred, declined] = [await hall.report('pothole'), await hall.report('pothole')];
    expect(await hall.act(referred, 'resolve', streets, { outcome: 'referred' })).toMatchObject({
      status: 409,
      body: { code: 'REFERRAL_NEEDS_AUTHORITY' },
    });
    const authority = { name: 'State Highways', contact: '555-0142' };
    expect(await hall.act(referred, 'resolve', streets, { outcome: 'referred', authority })).toMatchObject({ status: 200 });
    expect(await notes(referred)).toBe('It was passed on to State Highways, which answers for it. How to reach it: 555-0142.');
    expect(await hall.act(declined, 'resolve', streets, { outcome: 'declined', authority })).toMatchObject({
      status: 409,
      body: { code: 'OF_ANOTHER_OUTCOME' },
    });
    expect(await hall.act(declined, 'resolve', streets, { outcome: 'declined', reason: 'private_property' })).toMatchObject({
      status: 200,
    });
    expect(await notes(declined)).toBe('The city will not act on it, because the place is private property.');
  });

  it('a date that staff revise is told to the resident, and the promise is judged by its own', async () => {
    const reference = await hall.report('pothole');
    await hall.door.settle();
    const dueAt = String((await hall.read(reference, streets)).body['dueAt']);
    const told = new Date(Date.parse(dueAt) + DAY_MS).toISOString();
    expect(await hall.act(reference, 'revise', streets, { dueAt: told, reason: 'weather' })).toMatchObject({
      status: 200,
      body: { dueAt },
    });
    await hall.door.settle();
    const { body } = await hall.door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    expect(body[0]).toMatchObject({ expected_datetime: `${told.slice(0, 19)}Z` });
    hall.door.clock.advance(Date.parse(dueAt) + HOUR_MS - Date.parse(hall.door.clock.now()));
    expect(await hall.act(reference, 'resolve', streets, { outcome: 'fixed' })).toMatchObject({ status: 200 });
    expect((await hall.read(reference, router)).body).toMatchObject({ breachedAt: dueAt, revisedTo: told });
  });
});
