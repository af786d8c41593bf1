import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openMemory } from '@onedoor/adapters';
import { openContext } from '@onedoor/platform/testing';
import { HOUR_MS, makeReference } from '@onedoor/kernel';
import { AlarmLog, ManualClock, toRecord } from '@onedoor/testkit';
import request from 'supertest';
import { AUDIT } from '../audit.module.js';
import { READING_RECORDS, readingRecordsOf, type ReadingRecord } from '../reading/list-readings.service.js';
import { AUDITED_STREAMS_OPTION } from './read-history.service.js';
import type { AuditedStream } from './replay.service.js';

const REFERENCE = '9AN03NQK8NE';
const SUBMITTED = '2026-02-27T09:00:00.000Z';
const NOW = '2026-02-28T23:59:00.000Z';
const HOUR_LATER = '2026-03-01T00:59:00.000Z';

const STREAM: AuditedStream = {
  category: 'request',
  shownIn: { name: 'request_documents', version: 1, indexes: [] },
  describe: ({ type }) => type,
  present: (events) => (events.length === 0 ? null : { events: events.length }),
};

/** Another context's record of what it shows. */
const RECORD: ReadingRecord = { category: 'showing', readingOf: () => ({ parts: ['notes'], purpose: 'work', asOf: null }) };

describe('the routes of audit', () => {
  const data = openMemory();
  const clock = new ManualClock(NOW);
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const settings = [
      { provide: AUDITED_STREAMS_OPTION, useValue: [STREAM] },
      { provide: READING_RECORDS, useValue: [...readingRecordsOf([AUDIT]), RECORD] },
    ];
    app = await openContext(AUDIT, { ...data, clock, alarm: new AlarmLog().alarm }, { settings });
    await data.store.append(`request-${REFERENCE}`, 'no-stream', [toRecord({ type: 'Submitted', at: SUBMITTED, data: {} })]);
  });
  afterAll(async () => {
    await app.close();
    await data.close();
  });

  const get = (path: string, token = 'auditor') =>
    request(app.getHttpServer()).get(`/api/v1/audit/requests/${path}`).set('authorization', `Bearer ${token}`);

  it('answer a history, and list each reading of it in the month in which it was read', async () => {
    const { body: whole } = await get(REFERENCE).expect(200);
    expect(whole).toMatchObject({
      reference: REFERENCE,
      asOf: null,
      states: { request: { events: 1 } },
      timeline: [{ type: 'Submitted' }],
    });
    clock.advance(HOUR_MS);
    const { body: before } = await get(`${REFERENCE}?asOf=2026-02-27T00:00:00Z`).expect(200);
    expect(before).toMatchObject({ asOf: '2026-02-27T00:00:00.000Z', states: { request: null }, timeline: [] });

    const read = { actor: 'staff:account-1', parts: ['history'], purpose: 'audit' };
    const { body: february } = await get(`${REFERENCE}/readings?month=2026-02`).expect(200);
    expect(february).toEqual({ month: '2026-02', readings: [{ at: NOW, ...read, asOf: null }] });
    const { body: present } = await get(`${REFERENCE}/readings`).expect(200);
    expect(present).toEqual({ month: '2026-03', readings: [{ at: HOUR_LATER, ...read, asOf: '2026-02-27T00:00:00.000Z' }] });
  });

  it('list what other contexts recorded that they showed, with what and what for, in the order of the log', async () => {
    const stream = `showing-${REFERENCE}.2026-03`;
    await data.store.append(stream, 'no-stream', [toRecord({ type: 'Shown', at: HOUR_LATER, data: {} })]);
    await get(REFERENCE).expect(200);
    const { body } = await get(`${REFERENCE}/readings?month=2026-03`).expect(200);
    expect(body.readings.map(({ parts }: ReturnType<ReadingRecord['readingOf']>) => parts)).toEqual([['history'], ['notes'], ['history']]);
    expect(body.readings[1]).toEqual({ at: HOUR_LATER, actor: 'system:testkit', parts: ['notes'], purpose: 'work', asOf: null });
  });

  it('refuse a reference without events, and record no reading of it', async () => {
    const unknown = makeReference(9_500, 7);
    await get(unknown).expect(404);
    await get(`${unknown}/readings?month=2026-02`).expect(200, { month: '2026-02', readings: [] });
    await get(`${unknown}/readings`).expect(200, { month: '2026-03', readings: [] });
  });

  it.each([`${REFERENCE}?asOf=yesterday`, `${REFERENCE}/readings?month=2026-13`, `${REFERENCE}/readings?month=2026-01&month=2026-02`])(
    'refuse what they cannot read: %s',
    async (path) => {
      await get(path).expect(400);
    },
  );

  it.each(['department', 'router', 'analyst', 'administrator'])('refuse the role %s', async (role) => {
    await get(REFERENCE, role).expect(403);
    await get(`${REFERENCE}/readings`, role).expect(403);
  });
});
