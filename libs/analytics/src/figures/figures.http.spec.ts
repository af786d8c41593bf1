import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openMemory } from '@onedoor/adapters';
import { INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import { CommandGateway, WorkerRunner } from '@onedoor/platform';
import { openContext } from '@onedoor/platform/testing';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import request from 'supertest';
import { hours, monday, tellings, ZONE, type Life } from '../../test/analytics.fixtures.js';
import { CITY_ZONE_COMMANDS } from '../city/city-zones.service.js';
import { CITY_ZONE_ID } from '../city/city-zone.js';
import { ANALYTICS } from '../analytics.module.js';

const works = { departments: ['works'], due: [hours(48)], isBreached: false, breachedWith: 'last', excused: null } as const;
const LIVES: readonly Life[] = [
  { reference: 'A', service: 'pothole', submittedAt: monday, rounds: [{ ...works, end: { at: hours(24), outcome: 'fixed' } }] },
  {
    reference: 'B',
    service: 'pothole',
    submittedAt: monday,
    rounds: [{ ...works, isBreached: true, excused: 'after its end', end: { at: hours(72), outcome: 'fixed' } }],
  },
  {
    reference: 'C',
    service: '=HYPERLINK("//x")',
    submittedAt: hours(24),
    rounds: [{ ...works, departments: ['parks'], due: [], end: null }],
  },
  { reference: 'D', service: 'pothole', submittedAt: hours(24), rounds: [{ ...works, end: { at: hours(30), outcome: 'duplicate' } }] },
];

describe('GET figures', () => {
  const data = openMemory();
  const alarms = new AlarmLog();
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await openContext(ANALYTICS, { ...data, clock: new ManualClock(hours(100)), alarm: alarms.alarm });
    await app.get(CommandGateway).send(CITY_ZONE_COMMANDS, CITY_ZONE_ID, 'record', { zone: ZONE }, hours(0), {
      commandId: 'zone',
      actor: { role: 'system', id: 'test' },
      correlationId: 'catalog-city',
      recordedAt: hours(0),
    });
    for (const life of LIVES) {
      const { intake, routing } = tellings(life);
      await data.bus.publish([
        ...intake.map((event) => ({ topic: INTAKE_TOPIC, event })),
        ...routing.map((event) => ({ topic: ROUTING_TOPIC, event })),
      ]);
    }
    await app.get(WorkerRunner).catchUp('consumer');
    await app.get(WorkerRunner).catchUp('projector');
  });
  afterAll(async () => {
    await app.close();
    await data.close();
  });

  const get = (query: string, token = 'analyst') =>
    request(app.getHttpServer()).get(`/api/v1/figures?${query}`).set('authorization', `Bearer ${token}`);
  const WEEK = 'from=2026-03-02&to=2026-03-08';

  it('tells departments apart', async () => {
    const { body } = await get(`${WEEK}&by=department`).expect(200).expect('content-type', 'application/json; charset=utf-8');
    expect(body).toEqual({
      from: '2026-03-02',
      to: '2026-03-08',
      by: ['department'],
      rows: [
        {
          department: 'parks',
          opened: 1,
          closed: 0,
          backlog: 1,
          due: 0,
          met: 0,
          missed: 0,
          excused: 0,
          void: 0,
          onTime: null,
          withoutAgreement: 1,
          milestonesMet: 0,
          milestonesMissed: 0,
          closedVoid: 0,
          fixedFirstTime: null,
          invalidShare: null,
          noAccessShare: null,
          declinedShare: null,
          revised: 0,
          newDateKept: 0,
          returned: 0,
          returnsCharged: 0,
          medianDays: null,
          p90Days: null,
        },
        {
          department: 'works',
          opened: 3,
          closed: 3,
          backlog: 0,
          due: 3,
          met: 1,
          missed: 1,
          excused: 1,
          void: 1,
          onTime: 0.5,
          withoutAgreement: 0,
          milestonesMet: 0,
          milestonesMissed: 0,
          closedVoid: 1,
          fixedFirstTime: 1,
          invalidShare: 0,
          noAccessShare: 0,
          declinedShare: 0,
          revised: 0,
          newDateKept: 0,
          returned: 0,
          returnsCharged: 0,
          medianDays: 1,
          p90Days: 3,
        },
      ],
    });
  });

  it('counts what was open before the period, and nothing after it', async () => {
    expect((await get('from=2026-03-03&to=2026-03-03').expect(200)).body.rows).toMatchObject([
      { opened: 2, closed: 2, backlog: 2, due: 0 },
    ]);
    expect((await get('from=2027-01-01&to=2027-12-31&by=service').expect(200)).body.rows).toMatchObject([
      { service: '=HYPERLINK("//x")', opened: 0, backlog: 1 },
    ]);
    expect((await get('from=2026-03-01&to=2026-03-01').expect(200)).body.rows).toEqual([]);
    expect((await get('from=2026-02-15&to=2026-04-02&by=month,service').expect(200)).body.rows).toMatchObject([
      { month: '2026-03', service: '=HYPERLINK("//x")', backlog: 1 },
      { month: '2026-04', service: '=HYPERLINK("//x")', opened: 0, backlog: 1 },
      { month: '2026-03', service: 'pothole', opened: 3, closed: 3, backlog: 0 },
    ]);
  });

  it('is CSV that no spreadsheet runs', async () => {
    const { text } = await get(`${WEEK}&by=service&format=csv`)
      .expect(200)
      .expect('content-type', 'text/csv; charset=utf-8')
      .expect('content-disposition', 'attachment; filename="figures_2026-03-02_2026-03-08.csv"');
    expect(text).toBe(
      [
        'service,opened,closed,backlog,due,met,missed,excused,void,onTime,withoutAgreement,medianDays,p90Days,milestonesMet,milestonesMissed,' +
          'closedVoid,fixedFirstTime,invalidShare,noAccessShare,declinedShare,revised,newDateKept,returned,returnsCharged',
        `"'=HYPERLINK(""//x"")",1,0,1,0,0,0,0,0,,1,,,0,0,0,,,,,0,0,0,0`,
        'pothole,3,3,0,3,1,1,1,1,0.5,0,1,3,0,0,1,1,0,0,0,0,0,0,0',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['to=2026-03-08', /^from: must be a day that exists, given once as YYYY-MM-DD$/],
    ['from=2026-02-30&to=2026-03-08', /^from: must be a day/],
    ['from=2026-03-02&to=now', /^to: must be a day/],
    ['from=2026-03-02&from=2026-03-03&to=2026-03-08', /^from: must be a day/],
    ['from=0000-01-01&to=0000-01-02', /^from: .*to: /],
    ['from=2026-03-08&to=2026-03-02', /^to: must not be before from$/],
    ['from=2020-01-01&to=2026-03-08', /^to: the period may be at most 1096 days long$/],
    [`${WEEK}&by=crew`, /^by: must be a list of department, service, month, separated by commas$/],
    [`${WEEK}&by=month,month`, /^by: must name each at most once$/],
    [`${WEEK}&by=month&by=service`, /^by: must be a list/],
    [`${WEEK}&format=xml`, /^format: must be json or csv$/],
    [`${WEEK}&until=2026`, /^until: there is no such field$/],
  ])('says what is wrong with %s', async (query, detail) => {
    const { body } = await get(query).expect(400).expect('content-type', 'application/problem+json; charset=utf-8');
    expect(body).toMatchObject({ status: 400, detail: expect.stringMatching(detail) });
  });

  it.each<[string, number]>([
    ['analyst', 200],
    ['router', 200],
    ['auditor', 200],
    ['administrator', 200],
    ['department', 403],
  ])('is answered to %s with %d', async (role, status) => {
    await get(WEEK, role).expect(status);
  });

  it('is not answered without a token, and raised no alarm', async () => {
    await request(app.getHttpServer()).get(`/api/v1/figures?${WEEK}`).expect(401);
    expect(alarms.entries).toEqual([]);
  });
});
