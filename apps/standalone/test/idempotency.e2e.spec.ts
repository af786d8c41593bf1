import { CONTEXTS } from '@onedoor/composition';
import { canReuseKey, takesKey, type AnyCommandSet } from '@onedoor/engine';
import { ROLES, type Role } from '@onedoor/kernel';
import { bodyOf } from '@onedoor/platform';
import { bearer } from './bearer.js';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

type Definition = AnyCommandSet['commands'][string];

/** The commands whose path names nothing, so that the body or the set says what they are done to. */
const CREATORS = CONTEXTS.flatMap(({ aggregates }) =>
  aggregates.flatMap(({ of, commands: set }) =>
    Object.values(set.commands)
      .filter(({ roles, route }) => roles.length > 0 && route !== undefined && !route.path.includes(':'))
      .map((definition) => ({ title: `${of.category}: ${definition.name}`, set, definition })),
  ),
);

/** Bodies that the definition's own rules accept, each with another value in one place of its example. */
function otherBodies({ body, example }: Definition): readonly object[] {
  const found = new Map<string, object>();
  const walk = (value: unknown, put: (other: unknown) => object): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        walk(inner, (other) => put(Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }));
    const others = typeof value === 'string' ? [`${value}x`] : typeof value === 'number' ? [value + 1] : [];
    for (const other of others) {
      const changed = put(other);
      try {
        bodyOf<object>(body).transform(changed, { type: 'body' });
        found.set(JSON.stringify(changed), changed);
      } catch {
        // This place takes no such value.
      }
    }
  };
  walk(example, (other) => other as object);
  return [...found.values()];
}

describe.each(PROFILES)('an Idempotency-Key on %s', (profile) => {
  const bearers = new Map<Role, string>();
  let door: TestDoor;
  beforeAll(async () => {
    door = await openTestDoor(profile, MONDAY);
    for (const role of ROLES) bearers.set(role, await bearer(door.app, role, role === 'department' ? 'streets' : null));
  });
  afterAll(async () => {
    await door.close();
    expect(door.alarms).toEqual([]);
  });

  async function send({ set, definition }: (typeof CREATORS)[number], key: string, body: object) {
    const [role = 'administrator'] = definition.roles;
    const authorization = bearers.get(role) ?? '';
    const path = ['', set.path, definition.route?.path]
      .filter((part) => part !== undefined)
      .join('/')
      .replace(/\/$/, '');
    return door.http().post(path).set({ authorization, 'idempotency-key': key }).send(body);
  }

  it('is tried with every command that makes something', () => {
    expect(CREATORS.filter(({ definition }) => takesKey(definition)).length).toBeGreaterThan(3);
    expect(CREATORS.filter(({ definition }) => !takesKey(definition)).length).toBeGreaterThan(1);
  });

  it.each(CREATORS.filter(({ definition }) => !takesKey(definition)))(
    '$title refuses it by its name: it holds a secret',
    async (creator) => {
      const before = await door.ports.store.head();
      const { status, body } = await send(creator, 'once', creator.definition.example);
      expect([status, body.detail]).toEqual([400, expect.stringMatching(/^Idempotency-Key: is not taken here/)]);
      expect(await door.ports.store.head()).toBe(before);
    },
  );

  it.each(CREATORS.filter(({ definition }) => takesKey(definition)))(
    '$title is done once, and another body is refused',
    async (creator) => {
      const bodies = otherBodies(creator.definition);
      expect([canReuseKey(creator.definition), bodies.length > 0]).toEqual([true, true]);
      // The first body that changes something here is the first attempt.
      let first: object | null = null;
      let answered: unknown;
      for (const body of [creator.definition.example, ...bodies]) {
        const before = await door.ports.store.head();
        answered = (await send(creator, 'the-key', body)).body;
        if ((await door.ports.store.head()) === before) continue;
        first = body;
        break;
      }
      // What can't change this city is tried by what it would be based on: nothing is remembered of a refusal.
      if (first === null) return expect(answered).toMatchObject({ code: expect.any(String) });
      const after = await door.ports.store.head();
      expect((await send(creator, 'the-key', first)).body).toEqual(answered);
      for (const other of [creator.definition.example, ...bodies].filter((body) => body !== first)) {
        const { status, body } = await send(creator, 'the-key', other);
        expect([other, status, body.code]).toEqual([other, 422, 'IDEMPOTENCY_KEY_REUSED']);
      }
      expect(await door.ports.store.head()).toBe(after);
    },
  );

  it('makes one department of bodies that are sent at the same moment with one key', async () => {
    const authorization = await bearer(door.app, 'administrator');
    const codes = ['ponds', 'lakes', 'wells', 'ponds'];
    const answers = await Promise.all(
      codes.map((code) =>
        door.http().post('/api/v1/departments').set({ authorization, 'idempotency-key': 'water' }).send({ code, name: code }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => (body as { readonly code: string }).code);
    expect(new Set(made).size).toBe(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(codes.length - made.length);
    // Another caller's key is another one, and so is this caller's under another name.
    const other = await bearer(door.app, 'administrator');
    await door
      .http()
      .post('/api/v1/departments')
      .set({ authorization: other, 'idempotency-key': 'water' })
      .send({ code: 'reefs', name: 'Reefs' })
      .expect(201);
    await door
      .http()
      .post('/api/v1/departments')
      .set({ authorization, 'idempotency-key': 'ice' })
      .send({ code: 'rinks', name: 'Rinks' })
      .expect(201);
  });

  it('is refused by a preview, which writes nothing', async () => {
    const authorization = await bearer(door.app, 'router');
    const post = () => door.http().post('/api/v1/cases/bulk/accept/preview').set('authorization', authorization);
    const items = [{ id: '9AN03NQK8NE', edition: 1 }];
    const { body } = await post().set('idempotency-key', 'twice').send({ items }).expect(400);
    expect(body.detail).toMatch(/^Idempotency-Key: is not taken here/);
    await post().send({ items }).expect(200);
  });
});
