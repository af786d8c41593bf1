import { jsonEvent } from '@eventstore/db-client';
import { Unavailable } from '@onedoor/engine';
import { sampleEvent, startEventStoreDbDouble, until } from '@onedoor/testkit';
import { through } from '../../test/eventstoredb-suites.js';
import { startPreparedDouble } from '../../test/prepared-double.js';
import { wireProxy, type WireProxy } from '../../test/wire-proxy.js';
import { addressOf } from './address.js';
import { BrokenOff } from './failure.js';
import { connect, openEventStoreDb } from './open.js';

const REPLACED = 15;
/** More turns of the event loop than a call takes to reach the channel. */
const MICROTASKS_OF_A_CALL = 40;

describe.each([
  [
    'without TLS',
    async () =>
      startEventStoreDbDouble().then((double) => ({ double, connectionString: double.connectionString, close: () => double.close() })),
  ],
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
    // The current connection, and the one replaced last while a call on it ends.
    await until(() => proxy.connections <= 2);
    stop.abort();
    await Promise.all(followers);
    await log.close();
    await until(() => proxy.connections === 0);
    process.off('warning', warn);
    expect(warnings.map(({ name, message }) => `${name}: ${message}`)).toEqual([]);
  });

  it('do not pile up while the server takes them and answers nothing', async () => {
    const log = await openEventStoreDb({ connectionString: through(proxy.port, server.connectionString), deadlineMs: 100 });
    proxy.hold();
    let most = 0;
    const calls = Array.from({ length: 10 }, (_none, index) => log.store.read(`note-${index}`, 0, 9).catch(() => undefined));
    let isOver = false;
    const over = Promise.all(calls).finally(() => (isOver = true));
    await until(() => {
      most = Math.max(most, proxy.connections);
      return isOver;
    });
    await over;
    expect(most).toBeLessThanOrEqual(3);
    await log.close();
    await until(() => proxy.connections === 0);
    proxy.release();
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

/** On a closed channel the client throws where it cannot be caught: that ends the process, or leaves the call waiting for ever. */
describe('a call of EventStoreDB that begins while its connection ends', () => {
  it('is begun anew on the next connection', async () => {
    const double = await startEventStoreDbDouble();
    const { connection, appender } = connect({ connectionString: double.connectionString });
    const [retired, appending] = [await connection.node(), appender.append('note-1', -1, [jsonEvent({ type: 'Noted', data: {} })])];
    retired.retire();
    await expect(retired.use(() => Promise.resolve('begun'))).rejects.toThrow(BrokenOff);
    expect(await appending).toMatchObject({ outcome: 'appended', revision: 0 });
    await connection.close();
    await double.close();
  });

  it('fails as unavailable when the log is closed, however close to it', async () => {
    const double = await startEventStoreDbDouble();
    for (let ticks = 0; ticks < MICROTASKS_OF_A_CALL; ticks++) {
      const { store, close } = await openEventStoreDb({ connectionString: double.connectionString });
      const calls = Promise.allSettled([
        store.append(`note-${ticks}`, 'no-stream', [sampleEvent('e')]),
        store.read('note-x', 0, 9),
        store.head(),
      ]);
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      await close();
      for (const each of await calls) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Unavailable);
    }
    await double.close();
  });
});
