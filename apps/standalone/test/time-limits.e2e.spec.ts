import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemory, openOutbox, systemClock, systemEntropy } from '@onedoor/adapters';
import { createServer } from '@onedoor/composition';
import { Metrics, readConfig, type Config, type Ports } from '@onedoor/platform';
import { pino } from 'pino';
import { openStandalone, STANDALONE, standaloneModule } from '../src/standalone.js';
import { readAnswer, requestOf } from './raw-http.js';

const settings = (more: Record<string, string>): Config =>
  readConfig({
    ONEDOOR_DEMO: 'on',
    ONEDOOR_DEMO_CASES: '0',
    ONEDOOR_DEMO_DRIP_SECONDS: '0',
    ONEDOOR_LOG: 'silent',
    PORT: '0',
    ...more,
  }) as Config;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onedoor-edge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a request that does not come in', () => {
  it.each([
    [
      'stands still in its body',
      ['POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"a'],
    ],
    [
      'stands still in a form',
      [
        'POST /open311/v2/requests.json HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 500\r\n\r\n--x\r\n',
      ],
    ],
    [
      'drips',
      ['POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n', ...'{"account":"'],
    ],
    ['stands still in its headers', ['POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\n']],
    ['says nothing', ['']],
  ])('ends with 408, or with its connection where it %s', async (what, pieces) => {
    const config = settings({});
    const data = openMemory();
    const alarms: string[] = [];
    const ports: Ports = {
      ...data,
      mailer: openOutbox(join(folder, 'outbox')),
      clock: systemClock,
      entropy: systemEntropy,
      alarm: (message) => alarms.push(message),
      dependencies: [],
      jurisdiction: 'riverbend.example',
    };
    const app = await createServer(standaloneModule(ports, config), {
      ports,
      config,
      observation: { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null },
      errorForms: STANDALONE.errorForms,
      times: { request: 400, headers: 300, between: 50, silence: 2_000 },
    });
    await app.listen(0, '127.0.0.1');
    const socket = connect((app.getHttpServer().address() as { readonly port: number }).port, '127.0.0.1');
    const drip = setInterval(() => socket.write(pieces.shift() ?? ''), 20);
    const answer = await readAnswer(socket);
    clearInterval(drip);
    expect([what, answer.status]).toEqual([what, what === 'says nothing' ? expect.any(Number) : 408]);
    if (answer.status === 408) expect(answer.body).toContain('did not come in whole');
    await app.close();
    await data.close();
    expect(alarms).toEqual([]);
  });
});

describe('a process that is told to stop', () => {
  it('ends whatever its connections do, and the next one has its folder at once', async () => {
    const config = settings({ ONEDOOR_DATA: join(folder, 'data') });
    const first = await openStandalone(config);
    const port = Number(new URL(first.url).port);
    const { token } = (await (
      await fetch(`${first.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: 'streets-desk', password: 'riverbend' }),
      })
    ).json()) as { readonly token: string };
    const open = async (bytes: string): Promise<Socket> => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(bytes);
      return socket;
    };
    const stream = await open(`GET /api/v1/departments/streets/work HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    await new Promise((resolve) => stream.once('data', resolve));
    stream.pause();
    const idle = await open(requestOf('GET /healthz').toString().replace('Connection: close\r\n', ''));
    await new Promise((resolve) => idle.once('data', resolve));
    await open('');
    await open('GET /healthz HT');
    await open('POST /open311/v2/requests.json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{');
    await first.close();
    const second = await openStandalone(config);
    expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
    await second.close();
  });
});
