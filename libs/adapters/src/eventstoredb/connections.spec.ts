import { sampleEvent, startEventStoreDbDouble, until } from '@onedoor/testkit';
import { through } from '../../test/eventstoredb-suites.js';
import { startPreparedDouble } from '../../test/prepared-double.js';
import { wireProxy, type WireProxy } from '../../test/wire-proxy.js';
import { addressOf } from './address.js';
import { openEventStoreDb } from './open.js';

const REPLACED = 15;

describe.each([
  ['without TLS', async () => startEventStoreDbDouble().then((double) => ({ double, connectionString: double.connectionString, close: () => double.close() }))],
  ['with TLS', startPreparedDouble],
] as const)('connections to EventStoreDB %s', (_way, start) => {
  let server: Awaited<ReturnType<typeof start>>;
  let proxy: WireProxy;
  beforeEach(async () => {
    server = await start();
    const [seed] = addressOf(server.connectionString).seeds;
    proxy = await wireProxy(seed?.host ?? '', seed?.port ?? 0);
  });
  afterEach(async () => {
    proxy.close();
    await server.close();
  });

  it('are closed when they are replaced, and none is left after the log is closed', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    const log = await openEventStoreDb({ connectionString: through(proxy.port, server.connectionString), deadlineMs: 1_000 });
    const stop = new AbortController();
    const followers = Array.from({ length: 12 }, async () => {
      for await (const _next of log.store.subscribe({ after: null, signal: stop.signal })) if (stop.signal.aborted) return;
    });
    for (let round = 0; round < REPLACED; round++) {
      server.double.inject({ call: 'append', failure: 'unavailable', times: 3 });
      await Promise.all([
        log.store.append(`note-${round}`, 'no-stream', [sampleEvent(`e.${round}`)]),
        ...Array.from({ length: 40 }, (_none, index) => log.store.read(`note-${round}.${index}`, 0, 9)),
      ]);
    }
    // The present one, and the last replaced one while a call on it ends.
    await until(() => proxy.connections <= 2);
    stop.abort();
    await Promise.all(followers);
    await log.close();
    await until(() => proxy.connections === 0);
    process.off('warning', warn);
    expect(warnings.map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
  });
});

it('a connection to EventStoreDB is closed too when opening failed', async () => {
  const server = await startPreparedDouble();
  const [seed] = addressOf(server.connectionString).seeds;
  const proxy = await wireProxy(seed?.host ?? '', seed?.port ?? 0);
  await expect(openEventStoreDb({ connectionString: through(proxy.port, server.as('city', 'wrong')) })).rejects.toThrow(/password/);
  await until(() => proxy.connections === 0);
  proxy.close();
  await server.close();
});
