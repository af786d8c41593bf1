import { ACCOUNT_COMMANDS } from '@onedoor/access';
import { CommandGateway, type Role } from '@onedoor/platform';
import { bearer } from './bearer.js';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const HOUR_MS = 3_600_000;
const PASSWORD = 'a door that opens slowly';
const SYSTEM = { role: 'system', id: 'test' } as const;

interface SignedIn {
  readonly token: string;
  readonly expiresAt: string;
}

describe('signing in', () => {
  let door: TestDoor;
  let administrator: string;
  let desks = 0;
  let clients = 0;

  beforeAll(async () => {
    door = await openTestDoor('sqlite', MONDAY, { ONEDOOR_BEHIND_TLS: 'on' });
    administrator = await bearer(door.app, 'administrator');
  });
  afterAll(() => door.close());

  /** Has the system do something to an account. */
  const tell = async (id: string, name: keyof typeof ACCOUNT_COMMANDS.commands, body: object = {}): Promise<void> => {
    const outcome = await door.app.get(CommandGateway).sendNow(ACCOUNT_COMMANDS, id, name, body, { actor: SYSTEM });
    expect(outcome).toMatchObject({ outcome: 'done' });
  };
  /** An account that no other test knows. */
  const newDesk = async (role: Role = 'department', department: string | null = 'streets'): Promise<string> => {
    const id = `desk-${++desks}`;
    await tell(id, 'create', { id, password: PASSWORD, role, department });
    return id;
  };
  /** Attempts of one test do not count for another: each comes from its own address. */
  const newClient = (): string => `192.0.2.${++clients}`;

  const post = (account: string, password: string, client = newClient()) =>
    door.http().post('/api/v1/sessions').set('x-forwarded-for', client).send({ account, password });
  const signIn = async (account: string, password = PASSWORD): Promise<SignedIn> =>
    (await post(account, password).expect(201)).body as SignedIn;
  const me = (token: string) => door.http().get('/api/v1/me').set('authorization', `Bearer ${token}`);

  it('answers a token that says who one is, for twelve hours', async () => {
    const desk = await newDesk();
    const { body, headers } = await post(desk, PASSWORD).expect(201);
    expect(body).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      expiresAt: expect.any(String),
      role: 'department',
      department: 'streets',
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(Date.parse(body.expiresAt) - Date.parse(door.clock.now())).toBe(12 * HOUR_MS);
    expect((await me(body.token).expect(200)).body).toEqual({ id: desk, kind: 'account', role: 'department', department: 'streets' });
    door.clock.advance(12 * HOUR_MS + 1_000);
    await me(body.token).expect(401);
  });

  it('answers a wrong password, an unknown account and a disabled one in the same words', async () => {
    const desk = await newDesk();
    const gone = await newDesk();
    await tell(gone, 'disable');
    const answers = await Promise.all([
      post(desk, 'another password'),
      post('nobody-here', PASSWORD),
      post('Not An Id', PASSWORD),
      post(gone, PASSWORD),
    ]);
    for (const { status, body, headers } of answers) {
      expect({ status, body }).toEqual({
        status: 401,
        body: { status: 401, title: 'Unauthorized', detail: 'The account or the password is wrong', code: 'SIGN_IN_REFUSED' },
      });
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(headers['content-type']).toContain('application/problem+json');
    }
  });

  it('names each field that is wrong, and repeats no password', async () => {
    const { body } = await door
      .http()
      .post('/api/v1/sessions')
      .send({ account: '', password: ['my secret'], admin: true })
      .expect(400);
    for (const field of ['account', 'password', 'admin']) expect(body.detail).toContain(`${field}: `);
    expect(body.detail).not.toContain('secret');
    for (const wrong of ['[]', 'null', '7', '"text"']) await door.http().post('/api/v1/sessions').type('json').send(wrong).expect(400);
  });

  it('says when to come back after too many failures, to the client that failed and to no other', async () => {
    const [desk, client] = [await newDesk(), newClient()];
    const failures = await Promise.all(Array.from({ length: 11 }, () => post(desk, 'another password', client)));
    expect(failures.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(401), 429]);
    const { body, headers } = await post(desk, PASSWORD, client).expect(429);
    expect(body.code).toBe('TOO_MANY_ATTEMPTS');
    expect(headers['retry-after']).toBe('300');
    await post(desk, PASSWORD).expect(201);
  });

  it('signing out ends this session and no other of its account', async () => {
    const desk = await newDesk();
    const [mine, hers] = [await signIn(desk), await signIn(desk)];
    await door.http().delete('/api/v1/sessions/current').set('authorization', `Bearer ${mine.token}`).expect(204);
    await me(mine.token).expect(401);
    await me(hers.token).expect(200);
    await door.http().delete('/api/v1/sessions/current').set('authorization', administrator).expect(409);
  });

  it('a changed password or a disabled account ends its sessions at once; another role counts at once', async () => {
    const desk = await newDesk();
    const { token } = await signIn(desk);
    await door.http().put(`/api/v1/accounts/${desk}/role`).set('authorization', administrator).send({ role: 'auditor' }).expect(204);
    expect((await me(token).expect(200)).body).toMatchObject({ role: 'auditor', department: null });
    await door
      .http()
      .put(`/api/v1/accounts/${desk}/password`)
      .set('authorization', administrator)
      .send({ password: `${PASSWORD}, again` })
      .expect(204);
    await me(token).expect(401);
    await post(desk, PASSWORD).expect(401);
    const next = await signIn(desk, `${PASSWORD}, again`);
    await door.http().delete(`/api/v1/accounts/${desk}`).set('authorization', administrator).expect(204);
    await me(next.token).expect(401);
  });

  it('one changes the own password by the present one, and nobody else’s', async () => {
    const [desk, other] = [await newDesk(), await newDesk()];
    const { token } = await signIn(desk);
    const put = (account: string, body: object) =>
      door
        .http()
        .put(`/api/v1/accounts/${account}/password`)
        .set('authorization', `Bearer ${token}`)
        .set('x-forwarded-for', newClient())
        .send(body);
    expect((await put(desk, { password: 'long enough for anybody' }).expect(400)).body.detail).toContain('current: ');
    for (const current of [null, '', 7, ['x']])
      expect((await put(desk, { password: 'long enough for anybody', current }).expect(400)).body.detail).toContain('current: ');
    expect((await put(desk, { password: 'long enough for anybody', current: 'wrong' }).expect(403)).body.code).toBe('PASSWORD_WRONG');
    expect((await put(desk, { password: 'too short', current: PASSWORD }).expect(400)).body.detail).toContain('password: ');
    for (const another of [other, 'unknown-desk'])
      expect((await put(another, { password: 'long enough for anybody', current: PASSWORD }).expect(403)).body.code).toBe(
        'ROLE_NOT_ALLOWED',
      );
    await put(desk, { password: 'long enough for anybody', current: PASSWORD }).expect(204);
    await signIn(desk, 'long enough for anybody');
  });

  it('refuses tokens that were changed, or signed by nobody', async () => {
    const { token } = await signIn(await newDesk());
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      `${header}.${encode({ ...claims, sub: 'administrator' })}.${signature}`,
      `${encode({ alg: 'none' })}.${payload}.`,
      `${header}.${payload}.`,
      'od_0123456789abcdef_',
      `od_0123456789abcdef_${'0'.repeat(64)}`,
      'x',
      'x'.repeat(5_000),
    ];
    for (const wrong of forged) await me(wrong).expect(401);
  });

  describe('accounts', () => {
    const create = (body: object) => door.http().post('/api/v1/accounts').set('authorization', administrator).send(body);

    it('are made by an administrator, and their ids are never used again', async () => {
      const draft = { id: 'parks-night', role: 'department', department: 'parks', password: PASSWORD };
      expect((await create(draft).expect(201)).body).toEqual({ id: 'parks-night', role: 'department', department: 'parks' });
      expect((await create(draft).expect(409)).body.code).toBe('ACCOUNT_EXISTS');
      await signIn('parks-night');
    });

    it.each([
      ['id', { id: 'Ada Lovelace' }],
      ['role', { role: 'owner' }],
      ['password', { password: 'short' }],
      ['department', { department: null }],
      ['department', { role: 'auditor' }],
      ['department', { department: 7 }],
    ])('are refused by the name of the field: %s', async (field, wrong) => {
      const { body } = await create({ id: 'fine', role: 'department', department: 'parks', password: PASSWORD, ...wrong }).expect(400);
      expect(body.detail).toMatch(new RegExp(`^${field}: `));
    });

    it('that are unknown can not be changed', async () => {
      const asked = [
        door.http().delete('/api/v1/accounts/nobody-here'),
        door.http().delete('/api/v1/accounts/Not%20An%20Id'),
        door.http().put('/api/v1/accounts/nobody-here/role').send({ role: 'router' }),
        door.http().put('/api/v1/accounts/nobody-here/password').send({ password: PASSWORD }),
      ];
      for (const request of asked)
        expect((await request.set('authorization', administrator).expect(404)).body.code).toBe('ACCOUNT_UNKNOWN');
    });

    it('of administrators are out of their own reach: none locks the last one out', async () => {
      const id = await newDesk('administrator', null);
      const { token } = await signIn(id);
      const asked = [door.http().delete(`/api/v1/accounts/${id}`), door.http().put(`/api/v1/accounts/${id}/role`).send({ role: 'router' })];
      for (const request of asked)
        expect((await request.set('authorization', `Bearer ${token}`).expect(409)).body.code).toBe('ACCOUNT_IS_OWN');
    });
  });

  describe('tokens', () => {
    const issue = (body: object) => door.http().post('/api/v1/tokens').set('authorization', administrator).send(body);

    it('let another system in until they are revoked', async () => {
      const { body } = await issue({ role: 'department', department: 'parks', label: 'Tree ledger' }).expect(201);
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        token: expect.stringMatching(/^od_[0-9a-f]{16}_[0-9a-f]{64}$/),
        role: 'department',
        department: 'parks',
        label: 'Tree ledger',
        expiresAt: null,
      });
      expect((await me(body.token).expect(200)).body).toEqual({ id: body.id, kind: 'token', role: 'department', department: 'parks' });
      await me(`${body.token.slice(0, -1)}${body.token.endsWith('0') ? '1' : '0'}`).expect(401);
      await door.http().delete(`/api/v1/tokens/${body.id}`).set('authorization', administrator).expect(204);
      await me(body.token).expect(401);
      expect((await door.http().delete('/api/v1/tokens/0000000000000000').set('authorization', administrator).expect(404)).body.code).toBe(
        'TOKEN_UNKNOWN',
      );
    });

    it('end when they were said to', async () => {
      const expiresAt = new Date(Date.parse(door.clock.now()) + HOUR_MS).toISOString();
      const { body } = await issue({ role: 'analyst', label: 'figures', expiresAt }).expect(201);
      await me(body.token).expect(200);
      door.clock.advance(HOUR_MS);
      await me(body.token).expect(401);
    });

    it.each([
      ['label', { label: 'ada@example.org' }],
      ['role', { role: undefined }],
      ['expiresAt', { expiresAt: 'tomorrow' }],
      ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
      ['department', { department: 'parks' }],
    ])('are refused by the name of the field: %s', async (field, wrong) => {
      const { body } = await issue({ role: 'analyst', label: 'figures', ...wrong }).expect(400);
      expect(body.detail).toMatch(new RegExp(`^${field}: `));
    });
  });

  it('leaves no password, no secret and no hash of a password in the log', async () => {
    const post = (path: string) => door.http().post(`/api/v1/${path}`).set('authorization', administrator);
    const { body } = await post('tokens').send({ role: 'router', label: 'phones' }).expect(201);
    const account = { id: 'phones', role: 'router', password: PASSWORD };
    await post('accounts').set('idempotency-key', 'phones').send(account).expect(400);
    await post('accounts').send(account).expect(201);
    const written: string[] = [];
    for await (const next of door.ports.store.subscribe({
      after: null,
      categories: ['account', 'token', 'session'],
      signal: new AbortController().signal,
    })) {
      if (next.kind === 'caught-up') break;
      written.push(...next.events.map((event) => JSON.stringify(event)));
    }
    expect(written.length).toBeGreaterThan(20);
    for (const secret of [PASSWORD, '$scrypt$', body.token.split('_')[2], 'bodyHash']) expect(written.join()).not.toContain(secret);
  });

  it('had nothing to complain about', () => {
    expect(door.alarms).toEqual([]);
  });
});
