import { replay } from '@onedoor/audit';
import { AUDITED_STREAMS } from '@onedoor/composition';
import { CASE_OVERVIEW, Clocks, DUE_LIST } from '@onedoor/routing';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const HOUR_MS = 3_600_000;

describe.each(PROFILES)('a promise on %s', (profile) => {
  let door: TestDoor;

  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
  });
  afterAll(() => door.close());

  const typesOf = async (reference: string): Promise<string[]> =>
    (await door.ports.store.read(`case-${reference}`, 0, 50)).map(({ type }) => type);
  const tick = async (): Promise<number> => {
    const assessed = await door.app.get(Clocks).ticker().tick(new AbortController().signal);
    await door.settle();
    return assessed;
  };

  it('is made, warned of, breached once, and stands in the replay from its due instant on', async () => {
    const { body } = await door
      .http()
      .post('/open311/v2/requests.json')
      .type('form')
      .send({ api_key: 'demo-key', service_code: 'traffic-signal', address_string: 'Main & First' })
      .expect(200);
    const reference: string = body[0].service_request_id;
    await door.settle();
    expect(await typesOf(reference)).toEqual(['CaseOpened', 'CaseRouted', 'PromiseMade', 'LegStarted']);
    expect(await tick()).toBe(0);

    // Four hours around the clock, with a warning at three quarters.
    door.clock.advance(3 * HOUR_MS);
    expect(await tick()).toBe(1);
    door.clock.advance(2 * HOUR_MS);
    expect(await tick()).toBe(1);
    expect(await tick()).toBe(0);
    const events = await door.ports.store.read(`case-${reference}`, 4, 50);
    expect(events.map(({ type, at }) => [type, at])).toEqual([
      ['PromiseDueSoon', '2026-11-23T18:00:00.000Z'],
      ['PromiseBreached', '2026-11-23T19:00:00.000Z'],
      ['LegMilestoneMissed', '2026-11-23T19:00:00.000Z'],
    ]);
    const [overview] = await door.ports.readModels.get(CASE_OVERVIEW.collection, [reference]);
    expect(overview?.body).toMatchObject({ status: 'queued', department: 'streets', breachedAt: '2026-11-23T19:00:00.000Z' });
    expect(await door.ports.readModels.get(DUE_LIST.collection, [reference])).toEqual([]);

    // The breach came true at seven, but it was recorded when the ticker looked at eight: as of goes by what was known.
    const before = await replay(door.ports, AUDITED_STREAMS, reference, '2026-11-23T19:59:59.999Z');
    const after = await replay(door.ports, AUDITED_STREAMS, reference, '2026-11-23T20:00:00.000Z');
    expect(before?.timeline.map(({ type }) => type)).not.toContain('PromiseBreached');
    expect(after?.timeline.map(({ type }) => type)).toEqual([
      ...(before?.timeline ?? []).map(({ type }) => type),
      'PromiseBreached',
      'LegMilestoneMissed',
    ]);
  });

  it('is told to the resident and shown on the first page', async () => {
    const { body } = await door
      .http()
      .post('/open311/v2/requests.json')
      .type('form')
      .send({ api_key: 'demo-key', service_code: 'recycling-sticker', address_string: '<b>1 Main</b>' })
      .expect(200);
    await door.settle();
    const shown = await door.http().get(`/open311/v2/requests/${body[0].service_request_id}.json`).expect(200);
    expect(shown.body[0]).toMatchObject({ agency_responsible: 'sanitation', expected_datetime: '2026-11-25T20:00:00Z' });
    const page = await door
      .http()
      .get('/')
      .expect(200)
      .expect('content-type', 'text/html; charset=utf-8')
      .expect('content-security-policy', /default-src 'none'/);
    expect(page.text).toContain('Riverbend 311');
    expect(page.text).toContain('Recycling sticker');
    expect(page.text).toContain('2 days left');
    expect(page.text).not.toContain('<b>1 Main');
  });

  it('is ready once the read models have caught up', async () => {
    const { body } = await door.http().get('/readyz').expect(200);
    expect(body.status).toBe('ready');
    const behind = body.workers.filter(({ lagSeconds }: { readonly lagSeconds: number | null }) => lagSeconds !== null && lagSeconds > 0);
    expect(behind).toEqual([]);
    expect(body.workers.map(({ name }: { readonly name: string }) => name)).toEqual(
      expect.arrayContaining(['request_status', 'case_overview', 'due_list', 'intake relay', 'routing consumer']),
    );
    const metrics = await door.http().get('/metrics').expect(200);
    expect(metrics.text).toMatch(/onedoor_commands_total\{aggregate="case",command="OpenCase",outcome="done"\} \d/);
    expect(metrics.text).toMatch(/onedoor_lag_seconds\{worker="case_overview"\} 0/);
    await door.http().get('/healthz').expect(200, { status: 'ok' });
    expect(door.alarms).toEqual([]);
  });
});
