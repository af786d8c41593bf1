import { HOUR_MS } from '@onedoor/kernel';
import { Clocks } from '@onedoor/routing';
import { openHall, type Hall } from './hall.js';
import { PROFILES, type TestDoor } from './support.js';

describe.each(PROFILES)('cases over HTTP on %s', (profile) => {
  let hall: Hall;
  let door: TestDoor;
  let streets: string;
  let parks: string;
  let router: string;

  beforeAll(async () => {
    hall = await openHall(profile);
    ({ door } = hall);
    [streets, parks, router] = await Promise.all([hall.as('department', 'streets'), hall.as('department', 'parks'), hall.as('router')]);
  });
  afterAll(async () => {
    await door.close();
    expect(door.alarms).toEqual([]);
  });

  it('a case lives: accepted, assigned, begun, resolved, closed, reopened', async () => {
    const reference = await hall.report('pothole');
    const before = await hall.read(reference, streets);
    expect(before).toMatchObject({
      status: 200,
      etag: '"2"',
      body: {
        status: 'queued',
        department: 'streets',
        round: 1,
        isAccepted: false,
        next: expect.arrayContaining(['accept', 'transfer', 'return']),
      },
    });
    expect(before.body['explanation']).toMatch(/^due .* because: 3 business days/);

    const accepted = await hall.act(reference, 'accept', streets);
    expect(accepted).toMatchObject({
      status: 200,
      etag: '"3"',
      body: { reference, status: 'queued', department: 'streets', dueAt: before.body['dueAt'], position: expect.any(String) },
    });
    expect((await hall.read(reference, streets)).body).toMatchObject({ isAccepted: true, next: expect.not.arrayContaining(['accept']) });
    expect(await hall.act(reference, 'accept', streets)).toMatchObject({ status: 409, body: { code: 'CASE_IS_ACCEPTED' } });
    expect(await hall.act(reference, 'assign', streets, { assignee: 'crew-7' })).toMatchObject({
      status: 200,
      body: { status: 'assigned', assignee: 'crew-7' },
    });
    expect(await hall.act(reference, 'start', streets)).toMatchObject({ status: 200, body: { status: 'in_progress' } });
    const resolved = await hall.act(reference, 'resolve', streets, { outcome: 'fixed', note: 'Ask for Mrs. Miller at the gate' });
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved' } });
    expect(await hall.act(reference, 'close', router)).toMatchObject({ status: 200, body: { status: 'closed', round: 1 } });
    expect(await hall.act(reference, 'reopen', router, { reason: 'not_fixed' })).toMatchObject({
      status: 200,
      body: { status: 'queued', round: 2, assignee: null },
    });

    expect((await hall.types(reference)).filter((type) => type.startsWith('Case'))).toEqual([
      'CaseOpened',
      'CaseRouted',
      'CaseAccepted',
      'CaseAssigned',
      'CaseStarted',
      'CaseResolved',
      'CaseClosed',
      'CaseReopened',
    ]);
    const stored = JSON.stringify(await door.ports.store.read(`case-${reference}`, 0, 100));
    expect(stored).not.toContain('Miller');
    expect(stored).toContain('sealed');

    await door.settle();
    const told = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    expect(told.body[0]).toMatchObject({ status: 'open', agency_responsible: 'streets' });
  });

  it('a misroute that is returned in time is charged to 311 once that sends it elsewhere, and later is not', async () => {
    for (const [waitHours, isWithinHours] of [
      [24, true],
      [25, false],
    ] as const) {
      const reference = await hall.report('pothole');
      door.clock.advance(waitHours * HOUR_MS);
      expect(await hall.act(reference, 'return', streets, { reason: 'wrong_department' })).toMatchObject({
        status: 200,
        body: { status: 'triage', department: null },
      });
      const events = await door.ports.store.read(`case-${reference}`, 0, 100);
      expect(events.find(({ type }) => type === 'CaseReturned')?.data).toMatchObject({ department: 'streets', isWithinHours });
      expect(events.some(({ type }) => type === 'CaseReturnCharged')).toBe(false);

      await door.settle();
      const { body } = await door.http().get('/api/v1/triage/queue').set('authorization', router).expect(200);
      expect(body).toContainEqual(expect.objectContaining({ reference, returnedBy: 'streets', department: null }));
      expect(await hall.act(reference, 'transfer', router, { department: 'parks', reason: 'wrong_department' })).toMatchObject({
        status: 200,
        body: { department: 'parks', status: 'queued' },
      });
      const charged = (await door.ports.store.read(`case-${reference}`, 0, 100)).filter(({ type }) => type === 'CaseReturnCharged');
      expect(charged.map(({ data }) => data)).toEqual(isWithinHours ? [{ round: 1, department: 'streets' }] : []);
    }
  });

  it('a transfer keeps the promise, and goes to departments only that exist', async () => {
    const reference = await hall.report('fallen-tree');
    const { dueAt } = (await hall.read(reference, parks)).body;
    expect(await hall.act(reference, 'transfer', parks, { department: 'atlantis', reason: 'next_step' })).toMatchObject({
      status: 409,
      body: { code: 'DEPARTMENT_UNKNOWN' },
    });
    expect(await hall.act(reference, 'transfer', parks, { department: 'streets', reason: 'next_step' })).toMatchObject({
      status: 200,
      body: { department: 'streets', dueAt },
    });
    expect(await hall.read(reference, parks)).toMatchObject({ status: 404, body: { code: 'CASE_UNKNOWN' } });
    expect((await hall.read(reference, streets)).status).toBe(200);
  });

  it('a wait for what was agreed moves the promise, and one for anything else does not', async () => {
    const reference = await hall.report('traffic-signal');
    const before = (await hall.read(reference, streets)).body['dueAt'] as string;
    const expectedUntil = new Date(Date.parse(door.clock.now()) + HOUR_MS).toISOString();
    expect(await hall.act(reference, 'wait', streets, { reason: 'because of Mrs Miller', expectedUntil })).toMatchObject({
      status: 409,
      body: { code: 'WAIT_REASON_UNKNOWN' },
    });
    expect(await hall.act(reference, 'wait', streets, { reason: 'waiting for the resident', expectedUntil })).toMatchObject({
      status: 200,
      body: { status: 'waiting' },
    });
    expect((await hall.read(reference, streets)).body).toMatchObject({ isPaused: true, next: ['resume'] });
    door.clock.advance(HOUR_MS);
    const resumed = await hall.act(reference, 'resume', streets);
    expect(resumed).toMatchObject({ status: 200, body: { status: 'queued', dueAt: new Date(Date.parse(before) + HOUR_MS).toISOString() } });

    const later = new Date(Date.parse(door.clock.now()) + HOUR_MS).toISOString();
    await hall.act(reference, 'wait', streets, { reason: 'weather', expectedUntil: later });
    expect(await hall.act(reference, 'resume', streets)).toMatchObject({ status: 200, body: { dueAt: resumed.body['dueAt'] } });
  });

  it('what the clocks did meanwhile refuses nobody: a breach changes no ETag', async () => {
    const reference = await hall.report('traffic-signal');
    const { etag } = await hall.read(reference, streets);
    door.clock.advance(5 * HOUR_MS);
    await door.app.get(Clocks).ticker().tick(new AbortController().signal);
    expect(await hall.types(reference)).toEqual(expect.arrayContaining(['PromiseDueSoon', 'PromiseBreached']));
    expect(await hall.read(reference, streets)).toMatchObject({ etag, body: { breachedAt: expect.any(String) } });
    expect(await hall.act(reference, 'start', streets, undefined, { 'if-match': etag })).toMatchObject({ status: 200 });
  });

  it('a case shows why its breach was excused, and the breach stays', async () => {
    const reference = await hall.report('traffic-signal');
    const reason = { reason: 'other_agency' };
    expect(await hall.act(reference, 'excuse', router, reason)).toMatchObject({ status: 409, body: { code: 'PROMISE_NOT_BREACHED' } });
    door.clock.advance(5 * HOUR_MS);
    await door.app.get(Clocks).ticker().tick(new AbortController().signal);
    expect((await hall.read(reference, router)).body).toMatchObject({ breachedAt: expect.any(String), excuse: null });
    expect(await hall.act(reference, 'excuse', streets, reason)).toMatchObject({ status: 403 });
    expect(await hall.act(reference, 'excuse', router, { reason: 'rain' })).toMatchObject({ status: 400 });
    expect(await hall.act(reference, 'excuse', router, reason)).toMatchObject({ status: 200 });
    expect((await hall.read(reference, router)).body).toMatchObject({ breachedAt: expect.any(String), excuse: 'other_agency' });
    const another = { reason: 'wrong_report' };
    expect(await hall.act(reference, 'excuse', router, another)).toMatchObject({ status: 409, body: { code: 'BREACH_IS_EXCUSED' } });
    expect((await hall.read(reference, router)).body).toMatchObject({ excuse: 'other_agency' });
  });

  it('a command needs the ETag of what its sender saw', async () => {
    const reference = await hall.report('pothole');
    const { etag } = await hall.read(reference, streets);
    const without = await door.http().post(`/api/v1/cases/${reference}/start`).set('authorization', streets).expect(428);
    expect(without.body).toMatchObject({ code: 'IF_MATCH_REQUIRED' });
    expect(without.headers['content-type']).toContain('application/problem+json');
    expect(await hall.act(reference, 'start', streets, undefined, { 'if-match': '"one"' })).toMatchObject({ status: 400 });
    expect((await hall.act(reference, 'assign', streets, { assignee: 'crew-1' }, { 'if-match': etag })).status).toBe(200);
    expect(await hall.act(reference, 'start', streets, undefined, { 'if-match': etag })).toMatchObject({
      status: 412,
      body: { code: 'CASE_CHANGED' },
    });
    expect(await hall.types(reference)).not.toContain('CaseStarted');
  });

  it('two who saw the same edition cannot both have their way', async () => {
    const reference = await hall.report('pothole');
    const { etag } = await hall.read(reference, streets);
    const answers = await Promise.all(
      ['crew-1', 'crew-2', 'crew-3'].map((assignee) => hall.act(reference, 'assign', streets, { assignee }, { 'if-match': etag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('is for who works on it', async () => {
    const reference = await hall.report('pothole');
    expect((await door.http().get(`/api/v1/cases/${reference}`)).status).toBe(401);
    expect(await hall.act(reference, 'start', parks)).toMatchObject({ status: 404, body: { code: 'CASE_UNKNOWN' } });
    const auditor = await hall.as('auditor');
    expect(await hall.read(reference, auditor)).toMatchObject({ status: 200, body: { next: [] } });
    expect(await hall.act(reference, 'start', auditor)).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_ALLOWED' } });
    expect(await hall.read(reference, await hall.as('analyst'))).toMatchObject({ status: 403 });
    for (const unknown of ['3D7K2F9QXM4', 'nonsense', '%00']) expect(await hall.read(unknown, router)).toMatchObject({ status: 404 });
    expect(await hall.act(reference, 'explode', router)).toMatchObject({ status: 404 });
    await door.http().get('/api/v1/departments/parks/queue').set('authorization', streets).expect(403);
    await door.http().get('/api/v1/departments/atlantis/queue').set('authorization', router).expect(404);
    await door.http().get('/api/v1/triage/queue').set('authorization', streets).expect(403);
    await door.http().get('/api/v1/departments/parks/work').set('authorization', streets).expect(403);
  });

  it('a rule that refuses says so by its code, and bad input by its field', async () => {
    const reference = await hall.report('pothole');
    expect(await hall.act(reference, 'close', streets)).toMatchObject({ status: 409, body: { code: 'CASE_IS_QUEUED' } });
    expect(await hall.act(reference, 'resume', streets)).toMatchObject({ status: 409, body: { code: 'CASE_IS_QUEUED' } });
    const wrong: readonly (readonly [string, object, string])[] = [
      ['assign', { assignee: 'ana@example.org' }, 'assignee'],
      ['assign', {}, 'assignee'],
      ['wait', { reason: 'weather', expectedUntil: 'tomorrow' }, 'expectedUntil'],
      ['wait', { reason: 'weather', expectedUntil: '2026-13-45T00:00:00Z' }, 'expectedUntil'],
      ['wait', { reason: 'weather', expectedUntil: '2027-02-30T00:00:00Z' }, 'expectedUntil'],
      ['wait', { reason: 'weather', expectedUntil: '9999-12-31T24:00:00Z' }, 'expectedUntil'],
      ['wait', { reason: 'weather', expectedUntil: '2026-11-30T00:00:00Z', note: 'x'.repeat(4_001) }, 'note'],
      ['transfer', { department: 'parks', reason: 'whim' }, 'reason'],
      ['transfer', { department: null, reason: 'next_step' }, 'department'],
      ['return', { reason: 'wrong_department', note: '\ud800' }, 'note'],
      ['return', { reason: 'wrong_department', note: [['x']] }, 'note'],
      ['resolve', { outcome: 'exploded' }, 'outcome'],
      ['reopen', { reason: { code: 'not_fixed' } }, 'reason'],
      ['start', { assignee: 'crew-1' }, 'assignee'],
    ];
    for (const [action, body, field] of wrong) {
      const answer = await hall.act(reference, action, streets, body);
      expect([action, answer.status, answer.body['detail']]).toEqual([action, 400, expect.stringMatching(new RegExp(`^${field}: `))]);
    }
    const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
    const nested = await door
      .http()
      .post(`/api/v1/cases/${reference}/assign`)
      .set({ authorization: streets, 'if-match': '"2"' })
      .type('json')
      .send(`{"assignee":${deep}}`);
    expect(nested).toMatchObject({ status: 400, body: { detail: expect.stringContaining('nest') } });
    expect((await hall.read(reference, streets)).etag).toBe('"2"');
  });

  it('an Idempotency-Key does it once, also where the case has gone elsewhere by then', async () => {
    const reference = await hall.report('pothole');
    const headers = { 'if-match': '"2"', 'idempotency-key': 'mine' };
    const first = await hall.act(reference, 'return', streets, { reason: 'wrong_department', note: 'Not a street' }, headers);
    const again = await hall.act(reference, 'return', streets, { reason: 'wrong_department', note: 'Not a street' }, headers);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await hall.types(reference)).filter((type) => type === 'CaseReturned')).toHaveLength(1);
    // What the body is compared by needs the key of the request: no guess of the note can be tried on the log.
    const kept = (await door.ports.store.read(`case-${reference}`, 0, 100)).find(({ type }) => type === 'CaseReturned');
    expect(kept?.metadata.bodyHash).toMatch(/^mac:/);
    expect(await hall.act(reference, 'return', streets, { reason: 'incomplete_report' }, headers)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(
      await hall.act(reference, 'return', streets, { reason: 'wrong_department' }, { ...headers, 'idempotency-key': 'ü' }),
    ).toMatchObject({ status: 400 });
  });

  it('a queue lists what is open by what falls due first, page by page', async () => {
    const quick = await hall.report('traffic-signal');
    const slow = await hall.report('street-light');
    const middle = await hall.report('pothole');
    const never = await hall.report('fallen-tree');
    await hall.act(never, 'return', parks, { reason: 'wrong_department' });
    await hall.act(never, 'transfer', router, { department: 'streets', reason: 'wrong_department' });
    await door.settle();

    const listed: string[] = [];
    for (let path = '/api/v1/departments/streets/queue?limit=2'; path !== '';) {
      const page = await door.http().get(path).set('authorization', streets).expect(200);
      expect(page.body.length).toBeLessThanOrEqual(2);
      listed.push(...page.body.map(({ reference }: { readonly reference: string }) => reference));
      path = /^<([^>]+)>; rel="next"$/.exec(page.headers['link'] ?? '')?.[1] ?? '';
    }
    expect(new Set(listed).size).toBe(listed.length);
    const ours = listed.filter((reference) => [quick, slow, middle, never].includes(reference));
    expect(ours).toEqual([quick, never, middle, slow]);

    await hall.act(middle, 'assign', streets, { assignee: 'crew-42' });
    await door.settle();
    const mine = await door
      .http()
      .get('/api/v1/departments/streets/queue?assignee=crew-42&status=assigned,waiting')
      .set('authorization', streets)
      .expect(200);
    expect(mine.body).toMatchObject([{ reference: middle, status: 'assigned' }]);
    door.clock.advance(5 * HOUR_MS);
    const overdue = await door
      .http()
      .get('/api/v1/departments/streets/queue?overdue=true&limit=200')
      .set('authorization', streets)
      .expect(200);
    const references: string[] = overdue.body.map(({ reference }: { readonly reference: string }) => reference);
    expect(references).toContain(quick);
    expect(references).not.toContain(slow);
    for (const query of [
      'limit=0',
      'limit=201',
      'status=late',
      'overdue=maybe',
      'cursor=abc',
      'assignee=a%20b',
      'unknown=1',
      'limit=1&limit=2',
    ]) {
      await door.http().get(`/api/v1/departments/streets/queue?${query}`).set('authorization', streets).expect(400);
    }
  });

  it('a list waits for what was just done, and says when it has waited in vain', async () => {
    const reference = await hall.report('pothole');
    const { body } = await hall.act(reference, 'assign', streets, { assignee: 'crew-9' });
    const path = `/api/v1/departments/streets/queue?assignee=crew-9&after=${encodeURIComponent(body.position)}`;
    let isDone = false;
    const asked = door
      .http()
      .get(path)
      .set('authorization', streets)
      .then((answer) => {
        isDone = true;
        return answer;
      });
    while (!isDone) await Promise.race([door.clock.passNextWait(), asked]);
    expect((await asked).headers['onedoor-stale']).toBe('true');
    await door.settle();
    const fresh = await door.http().get(path).set('authorization', streets).expect(200);
    expect(fresh.headers['onedoor-stale']).toBeUndefined();
    expect(fresh.body).toMatchObject([{ reference }]);
  });
});
