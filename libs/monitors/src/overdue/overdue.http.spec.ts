import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openMemory } from '@onedoor/adapters';
import { CASE_RESOLVED, PROMISE_BREACHED, ROUTING_TOPIC, type PublicEvent } from '@onedoor/contracts';
import { HOUR_MS, instantOf, makeReference, msOf } from '@onedoor/kernel';
import { WorkerRunner } from '@onedoor/platform';
import { openContext } from '@onedoor/platform/testing';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import request from 'supertest';
import { MONITORS } from '../monitors.module.js';

const monday = '2026-03-02T14:00:00.000Z';
const later = (hours: number): string => instantOf(msOf(monday) + hours * HOUR_MS);
const [FIRST, SECOND, THIRD] = [1, 2, 3].map((number) => makeReference(9_557, number)) as [string, string, string];

let told = 0;
const routing = (subject: string, type: string, time: string, data: object) => ({
  topic: ROUTING_TOPIC,
  event: {
    specversion: '1.0',
    id: `routing-${++told}`,
    source: '/onedoor/routing',
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    sequence: `${String(told).padStart(8, '0')}.0`,
    correlationid: subject,
    causationid: `${subject}-${told}`,
    jurisdiction: 'testville',
    data,
  } as unknown as PublicEvent,
});
const breach = (reference: string, dueAt: string, department: string | null) =>
  routing(reference, PROMISE_BREACHED, dueAt, { round: 1, department, dueAt });
const end = (reference: string, at: string) =>
  routing(reference, CASE_RESOLVED, at, { round: 1, outcome: 'fixed', department: 'works', onTime: false });

describe('GET monitors/overdue', () => {
  const data = openMemory();
  let app: NestFastifyApplication;

  const settle = async (): Promise<void> => {
    await app.get(WorkerRunner).catchUp('consumer');
    await app.get(WorkerRunner).catchUp('projector');
  };
  beforeAll(async () => {
    app = await openContext(MONITORS, { ...data, clock: new ManualClock(later(100)), alarm: new AlarmLog().alarm });
    await data.bus.publish([breach(SECOND, later(2), 'parks'), breach(FIRST, later(1), 'works'), breach(THIRD, later(3), null)]);
    await settle();
  });
  afterAll(async () => {
    await app.close();
    await data.close();
  });

  const get = (query = '', token = 'router') =>
    request(app.getHttpServer()).get(`/api/v1/monitors/overdue?${query}`).set('authorization', `Bearer ${token}`);
  const references = (body: readonly { readonly reference: string }[]): readonly string[] => body.map(({ reference }) => reference);

  it('lists what is overdue, longest first, in pages', async () => {
    const whole = await get().expect(200);
    expect(whole.body).toEqual([
      { reference: FIRST, round: 1, department: 'works', dueAt: later(1) },
      { reference: SECOND, round: 1, department: 'parks', dueAt: later(2) },
      { reference: THIRD, round: 1, department: null, dueAt: later(3) },
    ]);
    expect(whole.headers['link']).toBeUndefined();
    const first = await get('limit=2').expect(200);
    expect(references(first.body)).toEqual([FIRST, SECOND]);
    const next = /^<\/api\/v1\/monitors\/overdue\?(?<query>[^>]+)>; rel="next"$/.exec(first.headers['link'] ?? '')?.groups?.['query'] ?? '';
    expect(references((await get(next).expect(200)).body)).toEqual([THIRD]);
  });

  it('tells a department of its own, and 311 of any', async () => {
    expect(references((await get('', 'department.parks').expect(200)).body)).toEqual([SECOND]);
    expect(references((await get('department=works').expect(200)).body)).toEqual([FIRST]);
    expect((await get('department=works', 'department.parks').expect(403)).body).toMatchObject({ code: 'DEPARTMENT_OF_OTHERS' });
    await get('', 'resident').expect(403);
  });

  it.each([
    ['limit=0', 'limit: must be a whole number from 1 to 200'],
    ['cursor=x', 'cursor: must be the one of the page before'],
    ['color=red', 'color: there is no such field'],
  ])('refuses %s', async (query, detail) => {
    expect((await get(query).expect(400)).text).toContain(detail);
  });

  it('takes a case off once its work ended', async () => {
    await data.bus.publish([end(FIRST, later(50))]);
    await settle();
    expect(references((await get().expect(200)).body)).toEqual([SECOND, THIRD]);
  });
});
