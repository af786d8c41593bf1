import { PROFILES, openTestDoor, type TestDoor } from './support.js';
import { bearer } from './bearer.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const PASSWORD = 'a door that opens slowly';

describe.each(PROFILES)('administration on %s', (profile) => {
  let door: TestDoor;
  /** A token: it is no account, so it may act on every one. */
  let chief: string;

  beforeEach(async () => {
    door = await openTestDoor(profile, MONDAY);
    chief = await bearer(door.app, 'administrator');
  });
  afterEach(() => door.close());

  const ask = (method: 'get' | 'post' | 'put' | 'delete', path: string, who = chief) => door.http()[method](path).set('authorization', who);
  const create = (id: string, role = 'administrator', department?: string) =>
    ask('post', '/api/v1/accounts').send({ id, password: PASSWORD, role, ...(department !== undefined && { department }) });
  const disable = (id: string, who = chief) => ask('delete', `/api/v1/accounts/${id}`, who);
  const grant = (id: string, body: object, who = chief) => ask('put', `/api/v1/accounts/${id}/role`, who).send(body);
  const signIn = async (account: string): Promise<string> => {
    const { body } = await door.http().post('/api/v1/sessions').send({ account, password: PASSWORD }).expect(201);
    return `Bearer ${body.token}`;
  };

  describe('the last administrator', () => {
    it('can be neither disabled nor demoted, and can again once there is another one', async () => {
      await create('chief').expect(201);
      for (const refused of [await disable('chief'), await grant('chief', { role: 'router' })])
        expect([refused.status, refused.body.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
      await signIn('chief');
      await create('deputy').expect(201);
      await grant('chief', { role: 'auditor' }).expect(204);
      expect((await disable('deputy')).body.code).toBe('LAST_ADMINISTRATOR');
      await grant('chief', { role: 'administrator' }).expect(204);
      await disable('deputy').expect(204);
      await disable('deputy').expect(204);
      expect((await disable('chief')).body.code).toBe('LAST_ADMINISTRATOR');
    });

    it.each(['disable', 'demote'] as const)('is left by those who %s each other at the same time', async (deed) => {
      const ids = ['first', 'second', 'third'];
      for (const id of ids) await create(id).expect(201);
      const sessions = await Promise.all(ids.map(signIn));
      const answers = await Promise.all(
        ids.map((_, index) => {
          const victim = ids[(index + 1) % ids.length] as string;
          return deed === 'disable' ? disable(victim, sessions[index]) : grant(victim, { role: 'router' }, sessions[index]);
        }),
      );
      await door.settle();
      const { body } = await ask('get', '/api/v1/accounts').expect(200);
      const left = body.filter(({ id, role, isDisabled }: Record<string, unknown>) => {
        return ids.includes(String(id)) && role === 'administrator' && isDisabled === false;
      });
      expect(left.length).toBeGreaterThanOrEqual(1);
      for (const { status, body: refusal } of answers)
        expect([204, 401, 409, 403]).toContain(refusal.code === 'LAST_ADMINISTRATOR' ? 409 : status);
      expect(answers.filter(({ status }) => status === 204).length + left.length).toBe(3);
    });

    it('counts those who were made before there was a roster', async () => {
      await door.ports.store.append('account-elder', 'no-stream', [
        {
          id: '7d3f7c1e-0000-5000-8000-000000000001',
          type: 'AccountCreated',
          v: 1,
          at: MONDAY,
          recordedAt: MONDAY,
          data: { role: 'administrator', department: null },
          metadata: {
            actor: { role: 'system', id: 'test' },
            commandId: 'a',
            correlationId: 'account-elder',
            jurisdiction: 'riverbend.example',
          },
        },
      ]);
      await door.settle();
      await create('chief').expect(201);
      await disable('chief').expect(204);
      expect((await disable('elder')).body.code).toBe('LAST_ADMINISTRATOR');
    });
  });

  it('lists the accounts, page by page, and no password', async () => {
    for (const id of ['c-desk', 'a-desk', 'b-desk']) await create(id, 'department', 'streets').expect(201);
    await grant('b-desk', { role: 'auditor' }).expect(204);
    await disable('c-desk').expect(204);
    await door.settle();
    const mine = (rows: readonly { readonly id: string }[]) => rows.filter(({ id }) => /^[abc]-desk$/.test(id));
    const all = await ask('get', '/api/v1/accounts?limit=200').expect(200);
    expect(mine(all.body)).toEqual([
      { id: 'a-desk', role: 'department', department: 'streets', isDisabled: false, createdAt: MONDAY },
      { id: 'b-desk', role: 'auditor', department: null, isDisabled: false, createdAt: MONDAY },
      { id: 'c-desk', role: 'department', department: 'streets', isDisabled: true, createdAt: MONDAY },
    ]);
    const paged: unknown[] = [];
    let path: string | undefined = '/api/v1/accounts?limit=2';
    while (path !== undefined) {
      const page: { readonly body: unknown[]; readonly headers: Record<string, string> } = await ask('get', path).expect(200);
      paged.push(...page.body);
      path = /<(?<next>[^>]+)>/.exec(page.headers['link'] ?? '')?.groups?.['next'];
    }
    expect(paged).toEqual(all.body);
    expect(JSON.stringify(all.body)).not.toMatch(/password|sealed|scrypt/);
    await ask('get', '/api/v1/accounts', await bearer(door.app, 'router')).expect(403);
  });

  it('lists the tokens, oldest first, without their secrets', async () => {
    const issued = [];
    for (const label of ['One', 'Two', 'Three']) {
      issued.push((await ask('post', '/api/v1/tokens').send({ label, role: 'router' }).expect(201)).body);
      door.clock.advance(1_000);
    }
    await ask('delete', `/api/v1/tokens/${issued[1].id}`).expect(204);
    await door.settle();
    const { body } = await ask('get', '/api/v1/tokens?limit=200').expect(200);
    const mine = body.filter(({ label }: { readonly label: string }) => label !== 'test');
    expect(mine.map(({ id, label, isRevoked }: Record<string, unknown>) => [id, label, isRevoked])).toEqual([
      [issued[0].id, 'One', false],
      [issued[1].id, 'Two', true],
      [issued[2].id, 'Three', false],
    ]);
    for (const { token } of issued) expect(JSON.stringify(body)).not.toContain(token.split('_')[2]);
    expect(JSON.stringify(body)).not.toContain('secretHash');
    await ask('get', '/api/v1/tokens', await bearer(door.app, 'auditor')).expect(403);
  });

  it('refuses a department that does not exist, by name, in every place that names one', async () => {
    await create('desk', 'department', 'streets').expect(201);
    for (const answer of [
      await create('other', 'department', 'lanterns'),
      await grant('desk', { role: 'department', department: 'lanterns' }),
      await ask('post', '/api/v1/tokens').send({ label: 'Ledger', role: 'department', department: 'lanterns' }),
    ])
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        409,
        'DEPARTMENT_UNKNOWN',
        expect.stringMatching(/^department: /),
      ]);
    await grant('desk', { role: 'department', department: 'parks' }).expect(204);
  });
});
