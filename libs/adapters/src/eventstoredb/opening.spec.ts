import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Misconfigured, Unavailable } from '@onedoor/engine';
import {
  AlarmLog,
  type EventStoreDbDouble,
  makeCertificate,
  sampleEvent,
  startEventStoreDbCluster,
  startEventStoreDbDouble,
  until,
} from '@onedoor/testkit';
import { openEventStoreDb } from './open.js';

const PASSWORD = 'pass-word-that-is-never-shown';

/** How opening reports an address or an account that cannot be used: the kind of error, its text, and the time it may take. */
describe('opening EventStoreDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-opening-'));
  const alarms = new AlarmLog();
  let plain: EventStoreDbDouble;
  let secure: EventStoreDbDouble;
  let elsewhere: EventStoreDbDouble;
  let outdated: EventStoreDbDouble;
  let web: Server;
  let silent: Server;
  const sockets = new Set<Socket>();
  const portOf = (server: Server): number => (server.address() as AddressInfo).port;
  const listening = async (answer: (socket: Socket) => void): Promise<Server> => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };
  beforeAll(async () => {
    plain = await startEventStoreDbDouble();
    secure = await startEventStoreDbDouble({ tls: { certificate: { names: ['localhost'], addresses: ['127.0.0.1'] } }, accounts: true });
    elsewhere = await startEventStoreDbDouble({ tls: { certificate: { names: ['node1.city.example'] } } });
    outdated = await startEventStoreDbDouble({ tls: { certificate: { names: ['localhost'], validForMs: -60_000 } } });
    web = await listening((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')));
    silent = await listening(() => undefined);
    writeFileSync(join(folder, 'other.pem'), makeCertificate().authority);
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of [web, silent]) server.close();
    await Promise.all([plain, secure, elsewhere, outdated].map((double) => double.close()));
    rmSync(folder, { recursive: true });
  });
  const authorityOf = (double: EventStoreDbDouble): string => /tlsCAFile=([^&]+)/.exec(double.connectionString)?.[1] ?? '';
  const user = (name: string, password = PASSWORD): string => `${name}:${encodeURIComponent(password)}`;

  const CASES: readonly (readonly [what: string, address: () => string, kind: typeof Unavailable | typeof Misconfigured, words: RegExp])[] =
    [
      ['a port that is closed', () => 'esdb://127.0.0.1:1?tls=false', Unavailable, /127\.0\.0\.1:1 refuses connections/],
      [
        'a name that leads nowhere',
        () => 'esdb://eventstore.invalid:2113?tls=false',
        Unavailable,
        /the name of eventstore\.invalid:2113 leads nowhere/,
      ],
      [
        'a server that answers nothing',
        () => `esdb://127.0.0.1:${portOf(silent)}?tls=false`,
        Unavailable,
        /takes connections and answers nothing/,
      ],
      ['a port that speaks no gRPC', () => `esdb://127.0.0.1:${portOf(web)}?tls=false`, Misconfigured, /speaks no gRPC/],
      ['TLS against a server without', () => `esdb://${user('city')}@localhost:${plain.port}?tls=true`, Misconfigured, /speaks no TLS/],
      [
        'no TLS against a server with it',
        () => `esdb://localhost:${secure.port}?tls=false`,
        Misconfigured,
        /speaks TLS, and the address says tls=false/,
      ],
      [
        'a certificate of an unknown authority',
        () => `esdb://${user('city')}@localhost:${secure.port}?tls=true`,
        Misconfigured,
        /certificate of localhost:\d+ is not trusted.*tlsCAFile/,
      ],
      [
        'a certificate of another authority',
        () => `esdb://${user('city')}@localhost:${secure.port}?tls=true&tlsCAFile=${encodeURIComponent(join(folder, 'other.pem'))}`,
        Misconfigured,
        /is not trusted/,
      ],
      [
        'a certificate for other names',
        () => `esdb://${user('city')}@localhost:${elsewhere.port}?tls=true&tlsCAFile=${authorityOf(elsewhere)}`,
        Misconfigured,
        /was made for other names/,
      ],
      [
        'a certificate whose time is over',
        () => `esdb://${user('city')}@localhost:${outdated.port}?tls=true&tlsCAFile=${authorityOf(outdated)}`,
        Misconfigured,
        /is not valid at this time/,
      ],
      [
        'an authority that is no file',
        () => `esdb://${user('city')}@localhost:${secure.port}?tls=true&tlsCAFile=/nowhere/ca.pem`,
        Misconfigured,
        /tlsCAFile that names no readable file: \/nowhere\/ca\.pem/,
      ],
      [
        'a wrong password',
        () => `esdb://${user('admin')}@localhost:${secure.port}?tls=true&tlsCAFile=${authorityOf(secure)}`,
        Misconfigured,
        /refuses the user or the password/,
      ],
      [
        'a user that there is not',
        () => `esdb://${user('nobody')}@localhost:${secure.port}?tls=true&tlsCAFile=${authorityOf(secure)}`,
        Misconfigured,
        /refuses the user or the password/,
      ],
      [
        'a follower as the node of choice',
        () => 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false&nodePreference=follower',
        Misconfigured,
        /nodePreference .* must be leader/,
      ],
      ['an option that there is not', () => 'esdb://127.0.0.1:1?tls=false&retries=3', Misconfigured, /unknown option "retries"/],
    ];

  const outcomes = new Map<string, { readonly error: Error; readonly tookMs: number }>();
  beforeAll(async () => {
    const open = async ([what, address]: (typeof CASES)[number]): Promise<void> => {
      const startedMs = performance.now();
      const error = await openEventStoreDb({ connectionString: address(), alarm: alarms.alarm }).then(
        () => new Error('It opened'),
        (failure: unknown) => failure as Error,
      );
      outcomes.set(what, { error, tookMs: performance.now() - startedMs });
    };
    await Promise.all(CASES.map(open));
  });

  it.each(CASES)('says of %s what it is', (what, _address, kind, words) => {
    const { error, tookMs } = outcomes.get(what) ?? { error: new Error('It never ended'), tookMs: Infinity };
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('\n');
    expect(tookMs).toBeLessThan(kind === Misconfigured ? 6_000 : 15_000);
    expect(JSON.stringify([error.message, alarms.entries])).not.toContain(PASSWORD);
  });

  it.each(['127.0.0.1', 'localhost'])('uses TLS to %s', async (host) => {
    const log = await openEventStoreDb({
      connectionString: `esdb://${user('admin', 'changeit')}@${host}:${secure.port}?tls=true&tlsCAFile=${authorityOf(secure)}`,
    });
    expect(await log.store.append(`note-${host.replaceAll('.', '')}`, 'no-stream', [sampleEvent(host)])).toMatchObject({
      outcome: 'appended',
    });
    await log.close();
  });

  it('uses a cluster whose nodes advertise their addresses, with TLS', async () => {
    const cluster = await startEventStoreDbCluster({
      tls: { certificate: { names: ['localhost'], addresses: ['127.0.0.1'] } },
      accounts: true,
      advertise: 'ip',
    });
    const connectionString = cluster.connectionString.replace(/^esdb:\/\/([^@]+@)?/, `esdb://${user('admin', 'changeit')}@`);
    const log = await openEventStoreDb({ connectionString });
    expect(await log.store.append('note-1', 'no-stream', [sampleEvent('e')])).toMatchObject({ outcome: 'appended' });
    await log.close();
    await cluster.close();
  });

  it('says of a server that went away why calls get no answer now, and what was changed meanwhile', async () => {
    const first = await startEventStoreDbDouble({ tls: {} });
    const connectionString = first.connectionString.replace('//', `//${user('city')}@`);
    const log = await openEventStoreDb({ connectionString });
    const reason = (): string | undefined => log.dependency.outage()?.reason;
    let isOver = false;
    const asking = (async () => {
      while (!isOver) await log.store.head().catch(() => undefined);
    })();
    await first.close();
    await until(() => reason() === 'refuses connections');
    const second = await startEventStoreDbDouble({ port: first.port, tls: {} });
    await until(() => reason() === 'its certificate is not trusted');
    isOver = true;
    await log.close();
    await asking;
    await second.close();
  });

  it('waits for a server that comes up a little later', async () => {
    const late = await startEventStoreDbDouble();
    await late.kill();
    const opening = openEventStoreDb({ connectionString: late.connectionString });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await late.start();
    await (await opening).close();
    await late.close();
  });
});
