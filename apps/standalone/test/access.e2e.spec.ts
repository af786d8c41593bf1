import { Controller, Get, HttpException, type NestInterceptor } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { OPEN311_ERRORS } from '@onedoor/intake';
import { ErrorFilter, readConfig, ROLES, routesOf, type Config, type DeclaredRoute, type Role } from '@onedoor/platform';
import request from 'supertest';
import { standaloneModule, standaloneServer } from '../src/standalone.js';
import { bearer } from './bearer.js';
import { openTestDoor, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

@Controller('forgotten')
class ForgottenController {
  @Get()
  nothingDeclared(): string {
    return 'reached';
  }
}

/** Stands behind the guard and before every handler: a request that gets here passed the guard, and nothing is done. */
const TURN_BACK: NestInterceptor = {
  intercept() {
    throw new HttpException('passed the guard', 418);
  },
};

const CALLERS = ['anonymous', ...ROLES] as const;
type Caller = (typeof CALLERS)[number];

/** What a rule says must happen to each caller. */
function expected({ rule }: DeclaredRoute, caller: Caller): number {
  if (rule === null) return 403;
  // A demonstration is open to its readers; outside it operators have a token or a port.
  if ('anyone' in rule || 'operators' in rule) return 418;
  if (caller === 'anonymous') return 401;
  return rule.roles.includes(caller) ? 418 : 403;
}

describe('who may call what', () => {
  let door: TestDoor;
  let app: NestFastifyApplication;
  let routes: readonly DeclaredRoute[];
  const bearers = new Map<Caller, string>();

  beforeAll(async () => {
    door = await openTestDoor('memory', MONDAY);
    const config = readConfig({ ONEDOOR_DEMO: 'on' }) as Config;
    const root = { module: class Root {}, imports: [standaloneModule(door.ports, config)], controllers: [ForgottenController] };
    app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), { logger: false, abortOnError: false });
    app.useGlobalFilters(new ErrorFilter(door.ports.alarm, [OPEN311_ERRORS]));
    app.useGlobalInterceptors(TURN_BACK);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    routes = routesOf(app);
    for (const role of ROLES) bearers.set(role, await bearer(app, role as Role, role === 'department' ? 'streets' : null));
  });
  afterAll(async () => {
    await app.close();
    await door.close();
  });

  it('every route of the product declares it', () => {
    const declared = routesOf(door.app);
    expect(declared.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'GET /',
        'GET /healthz',
        'POST /open311/v2/requests.:format',
        'POST /api/v1/sessions',
        'DELETE /api/v1/accounts/:id',
      ]),
    );
    expect(declared.filter(({ rule }) => rule === null)).toEqual([]);
  });

  it('the server answers no route but these', async () => {
    const served: string[] = [];
    const server = await standaloneServer(door.ports, readConfig({ ONEDOOR_DEMO: 'on' }) as Config);
    server
      .getHttpAdapter()
      .getInstance()
      .addHook('onRoute', ({ method, url }) => void served.push(...[method].flat().map((each) => `${each} ${url}`)));
    await server.init();
    const declared = routesOf(server).map(({ method, path }) => `${method} ${path}`);
    // Fastify answers HEAD wherever it answers GET, by the same handler behind the same guard.
    expect(served.filter((route) => !route.startsWith('HEAD ')).sort()).toEqual([...declared].sort());
    await server.close();
  });

  it('a route that declares nothing is found, and answered to nobody', () => {
    expect(routes.filter(({ rule }) => rule === null)).toEqual([{ method: 'GET', path: '/forgotten', rule: null }]);
    expect(CALLERS.map((caller) => expected({ method: 'GET', path: '/forgotten', rule: null }, caller))).toEqual(CALLERS.map(() => 403));
  });

  it.each(CALLERS)('%s passes the guard exactly where it is declared', async (caller) => {
    const outcomes = [];
    for (const route of routes) {
      const path = route.path.replaceAll(/:format\b/g, 'json').replaceAll(/:\w+/g, 'x');
      const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete' | 'patch';
      const asked = request(app.getHttpServer())[method](path);
      const authorization = bearers.get(caller);
      const { status } = await (authorization === undefined ? asked : asked.set('authorization', authorization));
      outcomes.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(outcomes).toEqual(routes.map((route) => `${route.method} ${route.path}: ${expected(route, caller)}`));
  });

  it('whoever is refused is told so in problem details, with a code', async () => {
    const nobody = await door.http().get('/api/v1/me').expect(401);
    expect(nobody.headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'content-type': expect.stringContaining('application/problem+json'),
    });
    expect(nobody.body).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
    const auditor = await door
      .http()
      .post('/api/v1/tokens')
      .set('authorization', await bearer(door.app, 'auditor'))
      .send({})
      .expect(403);
    expect(auditor.body).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' });
  });

  it('Open311 keeps its own error form', async () => {
    const { body } = await door
      .http()
      .post('/open311/v2/requests.json')
      .type('form')
      .send({ service_code: 'pothole', address_string: 'x' })
      .expect(403);
    expect(body).toEqual([{ code: 403, description: expect.stringContaining('api_key') }]);
  });
});

describe('what every answer says to a browser', () => {
  let door: TestDoor;
  afterEach(() => door.close());

  const HEADERS = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' };
  const PATHS = ['/', '/healthz', '/open311/v2/services.xml', '/api/v1/me', '/nowhere', '/open311/v2/requests/x.json'];

  it('it is no script, in no frame, and what it claims to be', async () => {
    door = await openTestDoor('memory', MONDAY);
    for (const path of PATHS) {
      const { headers } = await door.http().get(path);
      expect(headers).toMatchObject(HEADERS);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|script-src/);
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  it('by https only, where a proxy speaks it', async () => {
    door = await openTestDoor('memory', MONDAY, { ONEDOOR_BEHIND_TLS: 'on' });
    for (const path of PATHS) expect((await door.http().get(path)).headers['strict-transport-security']).toBe('max-age=15552000');
    expect((await door.http().get('/').set('x-forwarded-proto', 'https')).text).toContain('https://127.0.0.1');
  });
});
