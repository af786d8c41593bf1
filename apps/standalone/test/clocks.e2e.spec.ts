import { PROMISE_MOVED, ROUTING_TOPIC, WORK_DUE_CHANGED, WORK_ROUTED } from '@onedoor/contracts';
import { Clocks } from '@onedoor/routing';
import { messagesOf } from '@onedoor/testkit';
import { EventReader } from './event-reader.js';
import { openHall, type Hall } from './hall.js';
import { deliver, outboxOf } from './mail.js';

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

  it('tell the department of each move, by its stream and its queue, and all why the promise moved', async () => {
    const water = await hall.as('department', 'water');
    await hall.door.app.listen(0, '127.0.0.1');
    const url = `${await hall.door.app.getUrl()}/api/v1/departments/water/work`;
    const reference = await hall.report('water-leak');
    const later = (instant: unknown, hours: number) => new Date(Date.parse(String(instant)) + hours * HOUR_MS).toISOString();
    const dueAt = (await hall.read(reference, router)).body['dueAt'];
    const row = async () => {
      const { body } = await hall.door.http().get('/api/v1/departments/water/queue?limit=200').set('authorization', water).expect(200);
      return (body as readonly { readonly reference: string }[]).find((each) => each.reference === reference);
    };
    const RUNNING = { isPaused: false, isLegPaused: false, revisedTo: null };
    expect(await row()).toMatchObject({ ...RUNNING, dueAt, legDueAt: dueAt });

    await wait(reference, 'waiting for the resident');
    const STANDING = { dueAt: null, legDueAt: null, isPaused: true, isLegPaused: true, revisedTo: null };
    expect(await row()).toMatchObject(STANDING);
    hall.door.clock.advance(3 * HOUR_MS);
    await done(reference, 'resume');
    const MOVED = { ...RUNNING, dueAt: later(dueAt, 3), legDueAt: later(dueAt, 3) };
    expect(await row()).toMatchObject(MOVED);
    await wait(reference, 'permit');
    hall.door.clock.advance(HOUR_MS);
    await done(reference, 'resume');
    await done(reference, 'revise', { dueAt: later(dueAt, 48), reason: 'weather' });
    const REVISED = { ...MOVED, legDueAt: later(dueAt, 4), revisedTo: later(dueAt, 48) };
    expect(await row()).toMatchObject(REVISED);

    const work = await EventReader.open(url, { authorization: water, 'last-event-id': '0' });
    const toldOfIt = () => work.events.map(({ event }) => event).filter(({ subject }) => subject === reference);
    await work.until(() => toldOfIt().length >= 8);
    work.close();
    const told = toldOfIt();
    expect(told.map(({ type }) => type)).toEqual([WORK_ROUTED, ...Array.from({ length: 7 }, () => WORK_DUE_CHANGED)]);
    const reason = 'waiting for the resident';
    expect(told.map(({ data }) => data)).toMatchObject([
      { dueAt, legDueAt: dueAt },
      { clock: 'promise', because: 'paused', reason },
      { clock: 'department', because: 'paused', reason, ...STANDING },
      { clock: 'promise', because: 'resumed', reason },
      { clock: 'department', because: 'resumed', reason, ...MOVED },
      { clock: 'department', because: 'paused', reason: 'permit', ...MOVED, legDueAt: null, isLegPaused: true },
      { clock: 'department', because: 'resumed', reason: 'permit', ...REVISED, revisedTo: null },
      { clock: 'promise', because: 'revised', reason: 'weather', ...REVISED },
    ]);

    const messages = (await messagesOf(hall.door.ports.bus, [ROUTING_TOPIC], 'why')).map(({ event }) => event);
    const moves = messages.filter(({ subject, type }) => subject === reference && type === PROMISE_MOVED);
    expect(moves.map(({ data }) => data)).toMatchObject([
      {
        dueAt: later(dueAt, 3),
        reason,
        parts: [
          { kind: 'count', amount: 0, unit: 'business_milliseconds', reason: null },
          { kind: 'pause', amount: 3 * HOUR_MS, unit: 'business_milliseconds', reason },
          { kind: 'count', amount: 8 * HOUR_MS, to: later(dueAt, 3), reason: null },
        ],
      },
    ]);
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

describe('a wait for the resident', () => {
  let hall: Hall;
  let router: string;
  beforeAll(async () => {
    hall = await openHall('memory');
    router = await hall.as('router');
  });
  afterAll(() => hall.door.close());

  const report = (service: string) => hall.report(service, { email: 'canary.resident@example.org' });
  const act = async (reference: string, action: string, body?: object): Promise<void> => {
    expect(await hall.act(reference, action, router, body)).toMatchObject({ status: 200 });
    await hall.door.settle();
  };
  const wait = (reference: string, reason: string) => act(reference, 'wait', { reason, expectedUntil: '2026-12-24T12:00:00Z' });
  const later = async (hours: number): Promise<void> => {
    hall.door.clock.advance(hours * HOUR_MS);
    await hall.door.app.get(Clocks).ticker().tick(new AbortController().signal);
    await hall.door.settle();
  };
  const isPaused = async (reference: string) => (await hall.read(reference, router)).body['isPaused'];

  /** What the page shows as its date and notes, and the subjects of all messages about it, without the reference. */
  const told = async (reference: string) => {
    await deliver(hall.door);
    const { body } = await hall.door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    const mails = (await outboxOf(hall.door, reference)).map(({ subject }) => subject.replaceAll(/\w{3}-\w{4}-\w{4}/g, '').trim());
    return { date: body[0].expected_datetime as string | null, notes: body[0].status_notes as string | null, mails };
  };
  const NOTES = 'paused: waiting for you';
  const RECEIVED = 'We received your request';
  const PROMISED = 'When your request  will be done';
  const MOVED = 'New date for your request';
  const WAITING = 'Your request : we are waiting for you';

  it('is told, once, where the promise stands still', async () => {
    const reference = await report('water-leak');
    await wait(reference, 'waiting for the resident');
    expect(await isPaused(reference)).toBe(true);
    expect(await told(reference)).toEqual({ date: null, notes: NOTES, mails: [RECEIVED, PROMISED, WAITING] });
    await later(3);
    await act(reference, 'resume');
    await later(1);
    expect(await told(reference)).toMatchObject({ notes: null, mails: [RECEIVED, PROMISED, WAITING, MOVED] });
  });

  it('is told where the promise is broken, as long as it lasts', async () => {
    const reference = await report('water-leak');
    const { date } = await told(reference);
    await later(30);
    await wait(reference, 'waiting for the resident');
    expect(await isPaused(reference)).toBe(false);
    expect(await told(reference)).toEqual({ date: null, notes: NOTES, mails: [RECEIVED, PROMISED, WAITING] });
    await act(reference, 'resume');
    expect(await told(reference)).toEqual({ date, notes: null, mails: [RECEIVED, PROMISED, WAITING] });
  });

  it('is told where nothing is promised: in triage, and by every department', async () => {
    const reference = await report('something-else');
    await wait(reference, 'resident');
    expect(await told(reference)).toEqual({ date: null, notes: NOTES, mails: [RECEIVED, WAITING] });
    await act(reference, 'resume');
    expect(await told(reference)).toEqual({ date: null, notes: null, mails: [RECEIVED, WAITING] });
  });

  it('is told until it is over where the cap is used up meanwhile, and the next one too, which stops nothing', async () => {
    const reference = await report('water-leak');
    await wait(reference, 'waiting for the resident');
    await told(reference);
    await later(2 * 24);
    // The promise runs again, and a new date is told: still the city waits for the resident.
    await later(1);
    expect(await isPaused(reference)).toBe(false);
    expect(await told(reference)).toEqual({ date: null, notes: NOTES, mails: [RECEIVED, PROMISED, WAITING, MOVED] });
    await act(reference, 'resume');
    expect(await told(reference)).toMatchObject({ notes: null, mails: [RECEIVED, PROMISED, WAITING, MOVED] });
    await wait(reference, 'waiting for the resident');
    expect(await isPaused(reference)).toBe(false);
    expect(await told(reference)).toEqual({ date: null, notes: NOTES, mails: [RECEIVED, PROMISED, WAITING, MOVED, WAITING] });
    await act(reference, 'resume');
    expect(await told(reference)).toMatchObject({ notes: null, mails: [RECEIVED, PROMISED, WAITING, MOVED, WAITING] });
  });

  it('is not told any more where it was over before the courier came', async () => {
    const reference = await report('something-else');
    await told(reference);
    await wait(reference, 'resident');
    await act(reference, 'resume');
    expect((await told(reference)).mails).toEqual([RECEIVED]);
  });
});

interface Owed {
  readonly milestone: string;
  readonly outcome: string;
}
