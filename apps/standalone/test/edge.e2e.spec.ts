import { routesOf } from '@onedoor/platform';
import { postOf, requestOf, sendRaw, type RawAnswer } from './raw-http.js';
import { openTestDoor, type TestDoor } from './support.js';
import { bearer } from './bearer.js';

const MONDAY = '2026-11-23T15:00:00.000Z';
const SECRET = 'a-key-that-nobody-may-read';
const POST_REQUESTS = '/open311/v2/requests.json';
const FORM = 'application/x-www-form-urlencoded';

describe('the edge of the product', () => {
  let door: TestDoor;
  let port: number;

  beforeAll(async () => {
    door = await openTestDoor('memory', MONDAY);
    await door.app.listen(0, '127.0.0.1');
    ({ port } = door.app.getHttpServer().address() as { readonly port: number });
  });
  afterAll(async () => {
    expect(door.alarms).toEqual([]);
    await door.close();
  });

  const send = (bytes: string | Buffer, cutShort?: boolean): Promise<RawAnswer> => sendRaw(port, bytes, cutShort);
  const GUARDED = {
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };

  describe.each([
    ['/api/v1/me', 'application/problem+json; charset=utf-8'],
    ['/open311/v2/requests.json', 'application/json; charset=utf-8'],
    ['/open311/v2/requests.xml', 'text/xml; charset=utf-8'],
  ])('under %s', (path, contentType) => {
    const isOpen311 = path.startsWith('/open311/');
    it.each<[string, Buffer | string, number]>([
      ['a broken escape in the path', requestOf(`GET ${path.replace('.', '%zz.')}${isOpen311 ? '' : '%zz'}?api_key=${SECRET}`), 400],
      ['a path that is no UTF-8', requestOf(`GET ${path.replace(/(\.|$)/, '%ff$1')}?api_key=${SECRET}`), 400],
      ['a broken escape in the query', requestOf(`GET ${path}?api_key=${SECRET}&page=%4`), 400],
      ['a query that is no UTF-8', requestOf(`GET ${path}?api_key=${SECRET}&page=%C3%28`), 400],
      ['bytes beyond ASCII in the URL', requestOf(`GET ${path}?api_key=${SECRET}&page=\u00e9`), 400],
      ['two Hosts', requestOf(`GET ${path}?api_key=${SECRET}`, ['Host: other.example']), 400],
      ['no Host', `GET ${path}?api_key=${SECRET} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400],
      ['an unknown method', requestOf(`FETCH ${path}?api_key=${SECRET}`), 400],
      ['a malformed header', requestOf(`GET ${path}?api_key=${SECRET}`, ['No colon here']), 400],
      ['headers without end', requestOf(`GET ${path}?api_key=${SECRET}`, [`X-Long: ${'x'.repeat(20_000)}`]), 431],
      ['a URL without end', requestOf(`GET ${path}?api_key=${SECRET}&a=${'x'.repeat(20_000)}`), 431],
      ['an expectation', requestOf(`GET ${path}?api_key=${SECRET}`, ['Expect: tea']), 417],
      ['a method that the path does not answer', requestOf(`PATCH ${path}?api_key=${SECRET}`), 405],
      ['a path that is none', requestOf(`GET ${path}/of/nothing.json?api_key=${SECRET}`), 404],
    ])('refuses %s in its own form, and quotes none of it', async (_what, bytes, status) => {
      const answer = await send(bytes);
      expect(answer).toMatchObject({ status, headers: { ...GUARDED, ...(isOpen311 && { 'access-control-allow-origin': '*' }) } });
      if (!answer.headers['content-type']?.startsWith(isOpen311 ? 'application/json' : ''))
        expect(answer.headers['content-type']).toBe(contentType);
      expect(answer.body).not.toContain(SECRET);
      expect(answer.body).not.toContain('FST_');
    });
  });

  it('names the parameter whose value is broken', async () => {
    const { body } = await send(requestOf('GET /open311/v2/requests.json?status=open&start_date=%4g'));
    expect(JSON.parse(body)).toEqual([{ code: 400, description: 'start_date: has a % that two hexadecimal digits do not follow' }]);
    const text = await send(requestOf('GET /api/v1/figures?from=%e2%28%a1'));
    expect(JSON.parse(text.body)).toMatchObject({ status: 400, detail: 'from: is not well-formed UTF-8' });
  });

  it('refuses by name what no query of a route under /api has, before anything is done', async () => {
    const who = [`Authorization: ${await bearer(door.app, 'auditor')}`];
    const routes = routesOf(door.app).filter(({ path }) => path.startsWith('/api/'));
    expect(routes.length).toBeGreaterThan(60);
    for (const { method, path } of routes) {
      const url = `${path.replaceAll(/:\w+/g, 'x')}?unheard-of=${SECRET}`;
      const answer = await send(requestOf(`${method} ${url}`, who));
      expect([url, answer.status, JSON.parse(answer.body).detail]).toEqual([url, 400, 'unheard-of: there is no such parameter here']);
    }
    // Who is not signed in learns no more than that.
    expect((await send(requestOf('GET /api/v1/notifications?before=x'))).status).toBe(401);
    expect((await send(requestOf('GET /api/v1/notifications?limit=1', who))).status).toBe(200);
    expect((await send(requestOf('GET /?from=elsewhere'))).status).toBe(200);
  });

  it('answers every path of every route with 405 and Allow for a method that it has not, and OPTIONS with 204', async () => {
    const routes = routesOf(door.app);
    const pathOf = (path: string): string => path.replaceAll(':format', 'json').replaceAll(/:\w+/g, 'x');
    const paths = [...new Set(routes.map(({ path }) => pathOf(path)))];
    expect(paths.length).toBeGreaterThan(60);
    for (const path of paths) {
      const wrong = await send(requestOf(`PATCH ${path}`));
      const declared = routes.filter((route) => pathOf(route.path) === path).map(({ method }) => method);
      expect([path, wrong.status, wrong.headers]).toEqual([path, 405, expect.objectContaining(GUARDED)]);
      expect(wrong.headers['allow']?.split(', ')).toEqual(expect.arrayContaining([...declared, 'OPTIONS']));
      expect((await send(requestOf(`OPTIONS ${path}`))).status).toBe(204);
    }
  });

  it('answers CONNECT in the form of every refusal, instead of nothing', async () => {
    const answer = await send('CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n');
    expect(answer).toMatchObject({
      status: 405,
      headers: { ...GUARDED, allow: '', 'content-type': 'application/problem+json; charset=utf-8' },
    });
    expect(answer.body).not.toContain('elsewhere');
  });

  it('lets pages of every origin ask Open311, refusals and preflights included, and nothing else', async () => {
    for (const path of ['services.json', 'requests.xml', 'requests/ABC.json', 'requests.json'].map((name) => `/open311/v2/${name}`)) {
      const { status, headers } = await send(
        requestOf(`OPTIONS ${path}`, ['Origin: https://app.example', 'Access-Control-Request-Method: POST']),
      );
      expect([status, headers]).toEqual([
        204,
        expect.objectContaining({
          'access-control-allow-origin': '*',
          'access-control-allow-methods': headers['allow'],
          'access-control-allow-headers': expect.stringContaining('Content-Type'),
        }),
      ]);
    }
    const { headers } = await send(requestOf('OPTIONS /api/v1/me', ['Origin: https://app.example']));
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('asks who calls before it reads a body: not a byte of it was sent', async () => {
    const [router, desk] = [await bearer(door.app, 'router'), await bearer(door.app, 'department', 'streets')];
    const unsent = (path: string, bytes: number, who: readonly string[]): Promise<RawAnswer> =>
      send(requestOf(`POST ${path}`, ['Content-Type: application/json', `Content-Length: ${bytes}`, ...who]));
    const [small, large] = [100, 2_000_000];
    const codeOf = async (answer: Promise<RawAnswer>): Promise<unknown> => JSON.parse((await answer).body).code;
    for (const path of ['/api/v1/rules', '/api/v1/catalog/services', '/api/v1/cases/bulk/accept']) {
      for (const bytes of [small, large]) expect([path, await codeOf(unsent(path, bytes, []))]).toEqual([path, 'NOT_SIGNED_IN']);
      expect([path, await codeOf(unsent(path, large, [`Authorization: Bearer ${SECRET}`]))]).toEqual([path, 'NOT_SIGNED_IN']);
    }
    expect(await codeOf(unsent('/api/v1/rules', large, [`Authorization: ${desk}`]))).toBe('ROLE_NOT_ALLOWED');
    // One who may send it is told that it is too large, for the path's own bound.
    expect((await unsent('/api/v1/rules', 200_000_000, [`Authorization: ${router}`])).status).toBe(413);
  });

  it('takes bodies of the types that a route declares, and says which', async () => {
    const who = await bearer(door.app, 'administrator');
    for (const type of [FORM, 'multipart/form-data; boundary=x', 'text/plain', 'application/json5', 'text/json', '']) {
      const answer = await send(postOf('/api/v1/departments', type, 'code=x', [`Authorization: ${who}`]));
      expect([type, answer.status, answer.headers['accept'], JSON.parse(answer.body).detail]).toEqual([
        type,
        415,
        'application/json',
        'Content-Type: must be application/json',
      ]);
    }
    const plain = await send(postOf(POST_REQUESTS, 'text/plain', 'api_key=demo-key'));
    expect([plain.status, plain.headers['accept']]).toEqual([415, expect.stringContaining('multipart/form-data')]);
    const packed = await send(postOf('/api/v1/departments', 'application/json', '{}', ['Content-Encoding: gzip', `Authorization: ${who}`]));
    expect([packed.status, JSON.parse(packed.body).detail]).toEqual([415, expect.stringContaining('Content-Encoding')]);
  });

  it('refuses bodies that are no UTF-8, no JSON or empty, naming the body or the field', async () => {
    const who = `Authorization: ${await bearer(door.app, 'administrator')}`;
    const json = async (body: string | Buffer, type = 'application/json'): Promise<unknown> => {
      const answer = await send(postOf('/api/v1/departments', type, body, [who]));
      return [answer.status, JSON.parse(answer.body).detail];
    };
    expect(await json(Buffer.from('{"code":"\xff"}', 'latin1'))).toEqual([400, 'body: is not well-formed UTF-8']);
    expect(await json(`{"code":"${SECRET}"`)).toEqual([400, 'body: is not well-formed JSON']);
    expect(await json('{"code":"a","name":"b","code":"c"}')).toEqual([400, 'code: must be given once']);
    expect(await json('', 'application/json')).toEqual([400, 'body: must be a JSON object']);
    expect(await json('  ')).toEqual([400, 'body: must be a JSON object']);
    expect(await json('{}', 'application/json; charset=iso-8859-1')).toEqual([415, 'Content-Type: JSON is written in UTF-8']);
    const form = async (body: string, type = FORM): Promise<unknown> => {
      const answer = await send(postOf(POST_REQUESTS, type, body));
      return [answer.status, JSON.parse(answer.body)[0].description];
    };
    expect(await form('api_key=demo-key&description=%ff')).toEqual([400, 'description: is not well-formed text of the charset utf-8']);
    expect(await form('api_key=demo-key&description=50%')).toEqual([400, 'description: has a % that two hexadecimal digits do not follow']);
    expect(await form('api_key=demo-key', `${FORM}; charset=klingon`)).toEqual([415, 'Content-Type: its charset is not known here']);
    const multipart = Buffer.concat([
      Buffer.from('--x\r\nContent-Disposition: form-data; name="api_key"\r\n\r\ndemo-key\r\n'),
      Buffer.from('--x\r\nContent-Disposition: form-data; name="description"\r\n\r\n'),
      Buffer.from([0xe9]),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const answer = await send(postOf(POST_REQUESTS, 'multipart/form-data; boundary=x', multipart));
    expect([answer.status, JSON.parse(answer.body)[0].description]).toEqual([
      400,
      'description: is not well-formed text of the charset utf-8',
    ]);
  });

  it('reads a form in the charset that it names', async () => {
    const fields = `api_key=demo-key&service_code=pothole&address_string=x&description=caf%e9`;
    const answer = await send(postOf(POST_REQUESTS, `${FORM}; charset=windows-1252`, fields));
    expect(answer.status).toBe(200);
    await door.settle();
    const [{ service_request_id: reference }] = JSON.parse(answer.body) as [{ readonly service_request_id: string }];
    const { body } = await door.http().get(`/open311/v2/requests/${reference}.json`).expect(200);
    expect(body[0].description).toBe('café');
  });

  it('answers a multipart form that is cut short at any byte, and one in pieces of any length', async () => {
    const part = (name: string, value: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const whole = `${part('api_key', 'demo-key')}${part('service_code', 'pothole')}${part('address_string', 'x')}--x--\r\n`;
    const type = 'multipart/form-data; boundary=x';
    for (let length = 0; length < whole.length - 2; length += 3) {
      const { status, body } = await send(postOf(POST_REQUESTS, type, whole.slice(0, length)));
      expect([length, status, JSON.parse(body)[0].code]).toEqual([length, 400, 400]);
    }
    const chunked = [...whole].map((each) => `1\r\n${each}\r\n`).join('');
    const inPieces = await send(
      requestOf(`POST ${POST_REQUESTS}`, [`Content-Type: ${type}`, 'Transfer-Encoding: chunked'], `${chunked}0\r\n\r\n`),
    );
    expect(inPieces.status).toBe(200);
    // The client leaves in the middle: there is no one to answer, and nothing to complain about.
    await send(postOf(POST_REQUESTS, type, whole).subarray(0, -40), true);
  });

  it.each(['zz\r\n{}\r\n0\r\n\r\n', '5\r\n{}\r\n', '-1\r\n', 'ffffffffffffffffff\r\n', '2\r\n{}XX0\r\n\r\n'])(
    'answers chunks that are none: %j',
    async (chunks) => {
      for (const path of ['/api/v1/sessions', POST_REQUESTS]) {
        const { status } = await send(
          requestOf(`POST ${path}`, ['Content-Type: application/json', 'Transfer-Encoding: chunked'], chunks),
          true,
        );
        expect([0, 400]).toContain(status);
      }
    },
  );

  it('answers HEAD wherever it answers GET, streams included', async () => {
    const who = `Authorization: ${await bearer(door.app, 'router')}`;
    const stream = await send(requestOf('HEAD /api/v1/departments/streets/work', [who]));
    expect(stream).toMatchObject({
      status: 200,
      headers: { ...GUARDED, 'content-type': 'text/event-stream; charset=utf-8' },
      body: '',
    });
    for (const { method, path } of routesOf(door.app).filter((route) => route.method === 'GET')) {
      const at = path.replaceAll(':format', 'json').replaceAll(/:\w+/g, 'x');
      const { status, body } = await send(requestOf(`HEAD ${at}`, [who]));
      expect([method, at, status < 500, body]).toEqual([method, at, true, '']);
    }
  });
});
