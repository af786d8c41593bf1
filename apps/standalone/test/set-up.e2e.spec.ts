import { foundAccounts } from '@onedoor/access';
import { authorityMatrix, type AnyCommandSet } from '@onedoor/engine';
import { CATALOG_COMMANDS } from '@onedoor/intake';
import { AGREEMENT_COMMANDS, CALENDAR_COMMANDS, DEPARTMENT_COMMANDS, RULES_COMMANDS } from '@onedoor/routing';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const PASSWORD = 'a door that opens slowly';
const KEY = 'a-key-of-the-city-app';

const POTHOLE = {
  code: 'pothole',
  name: 'Pothole',
  description: 'A hole in a street',
  group: 'Streets',
  keywords: ['road'],
  visibility: 'public',
};
const OFFICE = [{ from: '09:00', to: '17:00' }];
const CALENDAR = {
  zone: 'America/New_York',
  weeklyHours: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE },
  holidays: [{ date: '2026-11-26', name: 'Thanksgiving Day' }],
  skipHolidays: true,
  businessDays: { cutOff: '17:00', nextStart: '09:00', dueWithinHours: false },
};
const TERMS = {
  effectiveFrom: '2026-11-01T04:00:00Z',
  calendarId: 'city-hall',
  targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 3, unit: 'business_days' } }],
  warnings: [{ fraction: 0.75 }],
  pauses: [{ reason: 'weather', capDays: 14 }],
};

let door: TestDoor;
const bearers = new Map<string, string>();

beforeAll(async () => {
  const environment = {
    ONEDOOR_DEMO: 'off',
    ONEDOOR_SESSION_KEY: 'a-session-key-that-is-long-enough-for-it',
    ONEDOOR_OPEN311_KEYS: KEY,
    ONEDOOR_BEHIND_TLS: 'on',
  };
  door = await openTestDoor('sqlite', MONDAY, environment, undefined, null);
  const chief = { id: 'chief', role: 'administrator', department: null, password: PASSWORD } as const;
  await foundAccounts(door.app, [chief], { role: 'system', id: 'command-line' });
  await signIn('chief');
});
afterAll(() => door.close());

async function signIn(account: string): Promise<void> {
  const client = `192.0.2.${bearers.size + 1}`;
  const { body } = await door
    .http()
    .post('/api/v1/sessions')
    .set('x-forwarded-for', client)
    .send({ account, password: PASSWORD })
    .expect(201);
  bearers.set(account, `Bearer ${(body as { readonly token: string }).token}`);
}

const post = (account: string, path: string, body: object) =>
  door
    .http()
    .post(`/api/v1/${path}`)
    .set('authorization', bearers.get(account) ?? '')
    .send(body);
const get = (account: string, path: string) =>
  door
    .http()
    .get(`/api/v1/${path}`)
    .set('authorization', bearers.get(account) ?? '');

/** Reports a pothole, and answers what became of it. */
async function report(): Promise<{ readonly department: string | null; readonly dueAt: string | null; readonly reference: string }> {
  const { body } = await door
    .http()
    .post('/open311/v2/requests.json')
    .type('form')
    .send({ api_key: KEY, service_code: 'pothole', address_string: '1 Example Street' })
    .expect(200);
  await door.settle();
  const reference = (body as readonly { readonly service_request_id: string }[])[0]?.service_request_id ?? '';
  const { body: found } = await get('front-desk', `cases/${reference}`).expect(200);
  return found as { readonly department: string | null; readonly dueAt: string | null; readonly reference: string };
}

describe('a city that is set up by HTTP alone', () => {
  it('has nothing before', async () => {
    for (const path of ['catalog', 'calendars/city-hall', 'agreements/streets', 'rules', 'departments/streets']) {
      const { body } = await get('chief', path).expect(404);
      expect([path, body.code]).toEqual([path, expect.stringMatching(/_UNKNOWN$/)]);
    }
    expect((await get('chief', 'departments').expect(200)).body).toEqual([]);
  });

  it('creates departments; the same code again changes nothing', async () => {
    for (const [code, name] of [
      ['streets', 'Streets'],
      ['parks', 'Parks'],
      ['parks', 'Gardens'],
    ] as const) {
      await post('chief', 'departments', { code, name }).expect(201);
    }
  });

  it('gets its accounts, each of a department that exists', async () => {
    const early = { id: 'water-desk', role: 'department', department: 'water', password: PASSWORD };
    expect((await post('chief', 'accounts', early).expect(409)).body.code).toBe('DEPARTMENT_UNKNOWN');
    const accounts = [
      { id: 'front-desk', role: 'router' },
      { id: 'streets-desk', role: 'department', department: 'streets' },
      { id: 'parks-desk', role: 'department', department: 'parks' },
      { id: 'analyst-desk', role: 'analyst' },
      { id: 'audit-desk', role: 'auditor' },
    ];
    for (const account of accounts) {
      await post('chief', 'accounts', { ...account, password: PASSWORD }).expect(201);
      await signIn(account.id);
    }
  });

  it('opens its catalog once, and adds services', async () => {
    await post('chief', 'catalog/services', { services: [POTHOLE] }).expect(409);
    const opening = { city: 'Millbrook', zone: 'America/New_York' };
    const { body } = await post('chief', 'catalog', opening).expect(201);
    expect(body).toEqual({ city: 'Millbrook', zone: 'America/New_York', services: 0 });
    await post('chief', 'catalog', opening).expect(201);
    expect((await post('chief', 'catalog', { ...opening, city: 'Elsewhere' }).expect(409)).body.code).toBe('CATALOG_OF_ANOTHER_CITY');
    expect((await post('chief', 'catalog/services', { services: [POTHOLE] }).expect(200)).body).toMatchObject({ services: 1 });
    expect((await get('analyst-desk', 'catalog').expect(200)).body).toEqual({
      city: 'Millbrook',
      zone: 'America/New_York',
      services: [{ ...POTHOLE, descriptions: 'public' }],
    });
  });

  it('lists its departments page by page', async () => {
    await door.settle();
    const first = await get('audit-desk', 'departments?limit=1').expect(200);
    expect(first.body).toEqual([{ code: 'parks', name: 'Parks', createdAt: MONDAY }]);
    expect(first.headers['link']).toBe('</api/v1/departments?limit=1&cursor=parks>; rel="next"');
    const second = await get('audit-desk', 'departments?limit=1&cursor=parks').expect(200);
    expect([second.body, second.headers['link']]).toEqual([[{ code: 'streets', name: 'Streets', createdAt: MONDAY }], undefined]);
    expect((await get('streets-desk', 'departments/streets').expect(200)).body).toMatchObject({ name: 'Streets' });
  });

  it('publishes rules, as an author who has seen the present ones', async () => {
    const rules = [{ service: 'pothole', department: 'streets' }];
    const unknown = await post('chief', 'rules', { basedOn: 0, rules: [{ service: 'pothole', department: 'water' }] }).expect(409);
    expect(unknown.body).toMatchObject({ code: 'DEPARTMENT_UNKNOWN', detail: 'rules[0].department: there is no department water' });
    expect((await post('front-desk', 'rules', { basedOn: 0, rules: [] }).expect(200)).body).toEqual({ version: 1 });
    expect((await post('chief', 'rules', { basedOn: 0, rules }).expect(409)).body.code).toBe('ROUTING_RULES_CHANGED');
    expect((await post('chief', 'rules', { basedOn: 1, rules }).expect(200)).body).toEqual({ version: 2 });
    expect((await get('analyst-desk', 'rules').expect(200)).body).toEqual({ version: 2, publishedAt: MONDAY, rules });
    expect((await get('analyst-desk', 'rules/1').expect(200)).body).toMatchObject({ version: 1, rules: [] });
    expect((await get('analyst-desk', 'rules/3').expect(404)).body.code).toBe('RULES_VERSION_UNKNOWN');
  });

  it('publishes a calendar with versions; the same again changes nothing', async () => {
    for (const again of [1, 2]) {
      const { body } = await post('chief', 'calendars/city-hall/publish', { basedOn: 0, calendar: CALENDAR }).expect(200);
      expect([again, body]).toEqual([again, { id: 'city-hall', version: 1 }]);
    }
    const changed = { ...CALENDAR, holidays: [] };
    expect((await post('chief', 'calendars/city-hall/publish', { basedOn: 0, calendar: changed }).expect(409)).body.code).toBe(
      'CALENDAR_CHANGED',
    );
    await post('chief', 'calendars/city-hall/publish', { basedOn: 1, calendar: changed }).expect(200);
    await post('chief', 'calendars/city-hall/publish', { basedOn: 2, calendar: CALENDAR }).expect(200);
    const { body, headers } = await get('audit-desk', 'calendars/city-hall?limit=2').expect(200);
    expect((body as readonly { readonly version: number }[]).map(({ version }) => version)).toEqual([3, 2]);
    expect(headers['link']).toBe('</api/v1/calendars/city-hall?before=2&limit=2>; rel="next"');
    expect((await get('audit-desk', 'calendars/city-hall?before=2').expect(200)).body).toEqual([
      { id: 'city-hall', version: 1, ...CALENDAR },
    ]);
  });

  it('routes what is reported, and promises nothing before both sides have signed', async () => {
    expect(await report()).toMatchObject({ department: 'streets', dueAt: null });
    const proposed = await post('chief', 'agreements/streets/propose', { basedOn: 0, terms: TERMS }).expect(200);
    expect(proposed.body).toEqual({ department: 'streets', versions: [{ version: 1, signedBy: [] }] });
    const signed = await post('streets-desk', 'agreements/streets/sign', { version: 1 }).expect(200);
    expect(signed.body).toEqual({ department: 'streets', versions: [{ version: 1, signedBy: ['department'] }] });
    expect(await report()).toMatchObject({ department: 'streets', dueAt: null });
    expect((await get('parks-desk', 'agreements/streets').expect(200)).body).toMatchObject([{ isInForce: false }]);
  });

  it('lets each side sign by its own account only', async () => {
    for (const [account, code] of [
      ['parks-desk', 'DEPARTMENT_OF_OTHERS'],
      ['chief', 'ROLE_NOT_ALLOWED'],
      ['analyst-desk', 'ROLE_NOT_ALLOWED'],
    ] as const) {
      expect((await post(account, 'agreements/streets/sign', { version: 1 }).expect(403)).body.code).toBe(code);
    }
    expect((await post('front-desk', 'agreements/streets/sign', { version: 2 }).expect(409)).body.code).toBe('AGREEMENT_VERSION_UNKNOWN');
    expect((await post('front-desk', 'agreements/parks/sign', { version: 1 }).expect(404)).body.code).toBe('AGREEMENT_UNKNOWN');
  });

  it('promises once both have signed, by the calendar that was published', async () => {
    door.clock.advance(60_000);
    await post('front-desk', 'agreements/streets/sign', { version: 1 }).expect(200);
    // Monday at ten; Thursday is a holiday, so three business days end on Friday at that time.
    expect(await report()).toMatchObject({ department: 'streets', dueAt: '2026-11-27T15:01:00.000Z' });
    const { body } = await get('analyst-desk', 'agreements/streets').expect(200);
    expect(body).toEqual([
      {
        terms: { ...TERMS, effectiveFrom: '2026-11-01T04:00:00.000Z', reviewOn: null, returnWithinHours: null, version: 1 },
        proposedAt: MONDAY,
        signatures: [
          { party: 'department', at: MONDAY, by: 'streets-desk' },
          { party: '311', at: door.clock.now(), by: 'front-desk' },
        ],
        isInForce: true,
      },
    ]);
  });

  it('keeps the agreement in force while another version is only proposed', async () => {
    const terms = { ...TERMS, reviewOn: '2027-11-01', returnWithinHours: 24 };
    expect((await post('chief', 'agreements/streets/propose', { basedOn: 0, terms }).expect(409)).body.code).toBe('AGREEMENT_CHANGED');
    await post('chief', 'agreements/streets/propose', { basedOn: 1, terms }).expect(200);
    const { body } = await get('audit-desk', 'agreements/streets').expect(200);
    expect(body).toMatchObject([
      { terms: { version: 2, returnWithinHours: 24 }, signatures: [], isInForce: false },
      { terms: { version: 1 }, isInForce: true },
    ]);
  });
});

describe('what is sent', () => {
  const bad: readonly (readonly [path: string, body: object, details: readonly string[]])[] = [
    ['departments', { code: '', name: 'Parks' }, ['code: must be 1 to 60 characters']],
    ...['.', '..', ' ', 'parks ', 'pa\nrks', 'pa\u202erks', 'pa\u200brks', 'pa\u0000rks'].flatMap((code) => [
      ['departments', { code, name: 'Parks' }, ['code: must be 1 to 60 characters']] as const,
      ['catalog/services', { services: [{ ...POTHOLE, code }] }, ['services[0].code: must be 1 to 200 characters']] as const,
      [
        'rules',
        { basedOn: 1, rules: [{ service: code, department: code }] },
        ['rules[0].service: must be 1 to 200', 'rules[0].department: must be 1 to 60'],
      ] as const,
      [
        'agreements/streets/propose',
        {
          basedOn: 1,
          terms: { ...TERMS, calendarId: code, targets: [{ ...TERMS.targets[0], service: code }], pauses: [{ reason: code, capDays: 1 }] },
        },
        ['terms.calendarId: must be 1 to 200', 'terms.targets[0].service: must be 1 to 200', 'terms.pauses[0].reason: must be 1 to 100'],
      ] as const,
      [
        'accounts',
        { id: code, role: 'department', department: code, password: PASSWORD },
        ['id: must be 2 to 40', 'department: must be 1 to 60'],
      ] as const,
    ]),
    [
      'agreements/streets/propose',
      { basedOn: 1, terms: { ...TERMS, pauses: [...TERMS.pauses, ...TERMS.pauses], warnings: [...TERMS.warnings, ...TERMS.warnings] } },
      ['warnings[1]: says again', 'pauses[1]: says again'],
    ],
    [
      'calendars/city-hall/publish',
      { basedOn: 0, calendar: { ...CALENDAR, holidays: [...CALENDAR.holidays, ...CALENDAR.holidays] } },
      ['calendar.holidays[1].date: is that of another holiday'],
    ],
    ['catalog', { city: 'Millbrook', zone: 'Mars/Olympus' }, ['zone: must be an IANA time zone']],
    [
      'catalog/services',
      { services: [POTHOLE, { ...POTHOLE, keywords: 'road', colour: 'red' }] },
      ['services[1].keywords: must be a list of', 'services[1].colour: there is no such field'],
    ],
    [
      'rules',
      { basedOn: 1.5, rules: [{ service: 'pothole' }] },
      ['basedOn: must be a whole number from 0', 'rules[0].department: must be 1 to 60'],
    ],
    [
      'calendars/city-hall/publish',
      { basedOn: 0, calendar: { ...CALENDAR, weeklyHours: { 9: OFFICE } } },
      ['calendar.weeklyHours.9: a weekday is 1'],
    ],
    ['calendars/city-hall/publish', { basedOn: 0 }, ['calendar: must be an object']],
    [
      'agreements/streets/propose',
      { basedOn: 1, terms: { ...TERMS, targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 0, unit: 'days' } }] } },
      ['terms.targets[0].target.amount: must be a whole number', 'terms.targets[0].target.unit: must be one of'],
    ],
    ['agreements/streets/propose', { basedOn: 1, terms: [] }, ['terms: must be an object']],
    [
      'agreements/streets/propose',
      { basedOn: 1, terms: { ...TERMS, targets: [...TERMS.targets, ...TERMS.targets] } },
      ['pothole: has more than one target'],
    ],
  ];
  it.each(bad)('to %s is refused by the field and the rule: %j', async (path, body, details) => {
    const { body: problem } = await post('chief', path, body).expect(400);
    for (const detail of details) expect(problem.detail).toContain(detail);
  });

  it('under a name that is none is refused', async () => {
    expect((await post('chief', 'agreements/atlantis/propose', { basedOn: 0, terms: TERMS }).expect(404)).body.code).toBe(
      'DEPARTMENT_UNKNOWN',
    );
    const terms = { ...TERMS, calendarId: 'moon' };
    expect((await post('chief', 'agreements/parks/propose', { basedOn: 0, terms }).expect(409)).body).toMatchObject({
      code: 'CALENDAR_UNKNOWN',
      detail: 'terms.calendarId: there is no such calendar',
    });
    const unheard = { basedOn: 1, terms: { ...TERMS, targets: [...TERMS.targets, { ...TERMS.targets[0], service: 'potholes' }] } };
    expect((await post('chief', 'agreements/streets/propose', unheard).expect(409)).body).toMatchObject({
      code: 'SERVICE_UNKNOWN',
      detail: expect.stringMatching(/^terms\.targets\[1\]\.service: /),
    });
    const rules = [{ service: 'sinkhole', department: 'streets' }];
    expect((await post('front-desk', 'rules', { basedOn: 1, rules }).expect(409)).body).toMatchObject({
      code: 'SERVICE_UNKNOWN',
      detail: expect.stringMatching(/^rules\[0\]\.service: /),
    });
    await post('chief', 'calendars/%00/publish', { basedOn: 0, calendar: CALENDAR }).expect(404);
    for (const id of ['%20', 'a%0Ab', 'a%E2%80%AEb', 'a%E2%80%8Bb', '%2E%2Ewell'])
      await post('chief', `calendars/${id}/publish`, { basedOn: 0, calendar: CALENDAR }).expect(404);
    await post('chief', `agreements/${'x'.repeat(61)}/propose`, { basedOn: 0, terms: TERMS }).expect(404);
  });

  it('twice under one key is done once, and the key serves for nothing else', async () => {
    const body = { basedOn: 2, rules: [] };
    const sent = () => post('chief', 'rules', body).set('idempotency-key', 'rules-of-winter');
    expect([(await sent().expect(200)).body, (await sent().expect(200)).body]).toEqual([{ version: 3 }, { version: 3 }]);
    const other = post('chief', 'rules', { basedOn: 3, rules: [] }).set('idempotency-key', 'rules-of-winter');
    expect((await other.expect(422)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('who may set what up', () => {
  const sets = [
    DEPARTMENT_COMMANDS,
    CALENDAR_COMMANDS,
    AGREEMENT_COMMANDS,
    RULES_COMMANDS,
    CATALOG_COMMANDS,
  ] as unknown as readonly AnyCommandSet[];

  it('is said by the definitions', () => {
    expect(sets.flatMap(authorityMatrix)).toEqual([
      ['POST /api/v1/departments', ['administrator']],
      ['POST /api/v1/calendars/:id/publish', ['administrator']],
      ['POST /api/v1/agreements/:department/propose', ['administrator']],
      ['POST /api/v1/agreements/:department/sign', ['department', 'router']],
      ['POST /api/v1/rules', ['administrator', 'router']],
      ['POST /api/v1/catalog', ['administrator']],
      ['POST /api/v1/catalog/services', ['administrator']],
    ]);
  });

  it('is held by the routes, for every account there is', async () => {
    const roles = new Map(
      Object.entries({
        chief: 'administrator',
        'front-desk': 'router',
        'parks-desk': 'department',
        'analyst-desk': 'analyst',
        'audit-desk': 'auditor',
      }),
    );
    for (const [route, allowed] of sets.flatMap(authorityMatrix)) {
      const path = route.replace('POST /api/v1/', '').replaceAll(/:\w+/g, 'parks');
      for (const [account, role] of roles) {
        const { body } = await post(account, path, { nothing: true });
        expect([route, role, body.code === 'ROLE_NOT_ALLOWED']).toEqual([route, role, !allowed.some((each) => each === role)]);
      }
    }
  });
});
