import { openHall, type Hall } from './hall.js';

const HOUR_MS = 3_600_000;

describe('the clocks of a case', () => {
  let hall: Hall;
  let router: string;
  beforeAll(async () => {
    hall = await openHall('memory');
    router = await hall.as('router');
  });
  afterAll(() => hall.door.close());

  const shown = async (reference: string) => {
    const { body } = await hall.door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    return [body[0].expected_datetime, body[0].status_notes] as const;
  };
  const done = async (reference: string, action: string, body?: object): Promise<void> => {
    expect(await hall.act(reference, action, router, body)).toMatchObject({ status: 200 });
    await hall.door.settle();
  };
  const wait = (reference: string, reason: string) => done(reference, 'wait', { reason, expectedUntil: '2026-12-24T12:00:00Z' });
  const left = async (reference: string) => (await hall.read(reference, router)).body['pauses'];

  it('stand still by what the agreement allows, for as long as is left of it, and say so to staff and to the resident', async () => {
    // Monday, ten in the morning: eight business hours of a department that works day and night.
    const reference = await hall.report('water-leak');
    const whole = [
      { reason: 'waiting for the resident', capMinutes: 2_880, promiseLeftMinutes: 2_880, departmentLeftMinutes: 2_880 },
      { reason: 'permit', capMinutes: 7_200, promiseLeftMinutes: null, departmentLeftMinutes: 7_200 },
    ];
    expect(await left(reference)).toEqual(whole);
    expect(await shown(reference)).toEqual(['2026-11-23T23:00:00Z', null]);

    await wait(reference, 'permit');
    expect((await hall.read(reference, router)).body).toMatchObject({ isPaused: false, leg: { isPaused: true } });
    expect(await shown(reference)).toEqual(['2026-11-23T23:00:00Z', null]);
    hall.door.clock.advance(2 * HOUR_MS);
    await done(reference, 'resume');
    expect((await hall.read(reference, router)).body).toMatchObject({
      dueAt: '2026-11-23T23:00:00.000Z',
      leg: { isPaused: false, milestones: [{ milestone: 'resolve', dueAt: '2026-11-24T01:00:00.000Z', outcome: 'open' }] },
    });

    await wait(reference, 'waiting for the resident');
    expect((await hall.read(reference, router)).body).toMatchObject({ isPaused: true, leg: { isPaused: true } });
    expect(await shown(reference)).toEqual([null, 'paused: waiting for you']);
    hall.door.clock.advance(3 * HOUR_MS);
    await done(reference, 'resume');
    expect(await shown(reference)).toEqual(['2026-11-24T02:00:00Z', null]);
    expect(await left(reference)).toEqual([
      { ...whole[0], promiseLeftMinutes: 2_700, departmentLeftMinutes: 2_700 },
      { ...whole[1], departmentLeftMinutes: 7_080 },
    ]);
  });

  it('are shown paused no longer where nothing of the pause counted', async () => {
    // Five business days: at night nothing is open.
    const reference = await hall.report('graffiti');
    const [promised] = await shown(reference);
    hall.door.clock.advance(10 * HOUR_MS);
    await wait(reference, 'waiting for the resident');
    expect(await shown(reference)).toEqual([null, 'paused: waiting for you']);
    hall.door.clock.advance(HOUR_MS);
    await done(reference, 'resume');
    expect(await shown(reference)).toEqual([promised, null]);
  });

  it('measure each milestone that a department signed, by the commands that reach it', async () => {
    const chief = await hall.as('administrator');
    const within = (milestone: string, amount: number) => ({
      service: 'fallen-tree',
      milestone,
      target: { amount, unit: 'elapsed_hours' },
    });
    const post = (who: string, path: string, body: object) =>
      hall.door.http().post(`/api/v1/agreements/parks/${path}`).set('authorization', who).send(body);
    const terms = {
      effectiveFrom: '2026-11-01T05:00:00Z',
      calendarId: 'round-the-clock',
      targets: [within('acknowledge', 2), within('inspect', 6), within('resolve', 24)],
      warnings: [],
      pauses: [],
    };
    const refused = await post(chief, 'propose', { basedOn: 1, terms: { ...terms, targets: [within('accept', 2)] } }).expect(400);
    expect(refused.body.detail).toBe('fallen-tree: nothing measures accept; is acknowledge meant?');
    await post(chief, 'propose', { basedOn: 1, terms }).expect(200);
    await post(await hall.as('department', 'parks'), 'sign', { version: 2 }).expect(200);
    await post(router, 'sign', { version: 2 }).expect(200);

    const reference = await hall.report('fallen-tree');
    const outcomes = async () => {
      const { leg } = (await hall.read(reference, router)).body as unknown as { readonly leg: { readonly milestones: readonly Owed[] } };
      return leg.milestones.map(({ milestone, outcome }) => [milestone, outcome]);
    };
    expect(await hall.act(reference, 'reach', router, { milestone: 'survey' })).toMatchObject({
      status: 409,
      body: { code: 'MILESTONE_NOT_OWED' },
    });
    hall.door.clock.advance(HOUR_MS);
    await done(reference, 'accept');
    hall.door.clock.advance(6 * HOUR_MS);
    expect(await outcomes()).toEqual([
      ['resolve', 'open'],
      ['acknowledge', 'met'],
      ['inspect', 'missed'],
    ]);
    await done(reference, 'reach', { milestone: 'inspect' });
    expect((await hall.types(reference)).slice(-4)).toEqual([
      'CaseAccepted',
      'LegMilestoneMet',
      'LegMilestoneMissed',
      'CaseMilestoneReached',
    ]);
    expect(await hall.act(reference, 'reach', router, { milestone: 'inspect' })).toMatchObject({
      status: 409,
      body: { code: 'NO_MILESTONE_LEFT' },
    });
  });

  it('go on over hand-overs, of which the third ends in triage with an alarm', async () => {
    const reference = await hall.report('pothole');
    const to = (department: string) => done(reference, 'transfer', { department, reason: 'next_step' });
    await to('parks');
    await to('sanitation');
    expect(hall.door.alarms).toEqual([]);
    await to('streets');
    expect((await hall.read(reference, router)).body).toMatchObject({ status: 'triage', department: null, leg: null, pauses: [] });
    expect(hall.door.alarms).toEqual([`case handed over too often: {"id":"${reference}","event":"CaseHandOversUsedUp"}`]);
    await to('streets');
    expect((await hall.read(reference, router)).body).toMatchObject({ status: 'queued', department: 'streets' });
  });
});

interface Owed {
  readonly milestone: string;
  readonly outcome: string;
}
