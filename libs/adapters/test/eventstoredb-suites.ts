import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type EventStore, VoidPosition } from '@onedoor/engine';
import { readLog, sampleEvent, sampleEvents, until } from '@onedoor/testkit';
import { addressOf } from '../src/eventstoredb/address.js';
import { openEventStoreDb } from '../src/eventstoredb/open.js';
import type { EventStoreDbLog } from '../src/eventstoredb/options.js';
import { wireProxy, type WireProxy } from './wire-proxy.js';

/** A server that specs run on: the double, or a real one by its address. */
export interface NamedServer {
  readonly connectionString: string;
  close(): Promise<void>;
}

/** A server can not be emptied, so each test has streams of its own. */
export const freshNamespace = (): string => `spec_${randomUUID().replaceAll('-', '')}`;

const WRITERS = 4;
const EVENTS_PER_WRITER = 30;

/** What a process sees whose connections break and stall: every answer complete, every event once. */
export function wireFaults(name: string, start: () => Promise<NamedServer>): void {
  describe(`${name} over a broken wire`, () => {
    let server: NamedServer;
    let proxy: WireProxy;
    let log: EventStoreDbLog;
    let store: EventStore;
    beforeEach(async () => {
      server = await start();
      const [seed] = addressOf(server.connectionString).seeds;
      if (seed === undefined) throw new Error('The address names no host');
      proxy = await wireProxy(seed.host, seed.port);
      log = await openEventStoreDb({
        connectionString: through(proxy.port, server.connectionString),
        namespace: freshNamespace(),
        deadlineMs: 1_000,
      });
      store = log.store;
    });
    afterEach(async () => {
      await log.close();
      proxy.close();
      await server.close();
    });

    it('writes everything exactly once, and reads it whole in between', async () => {
      const written = new Map<string, number>();
      const writers = Array.from({ length: WRITERS }, async (_none, writer) => {
        const stream = `note-${writer}`;
        for (let index = 0; index < EVENTS_PER_WRITER; index++) {
          const expected = index === 0 ? 'no-stream' : index - 1;
          expect(await store.append(stream, expected, [sampleEvent(`${stream}.${index}`)])).toMatchObject({
            outcome: 'appended',
            revision: index,
          });
          written.set(stream, index + 1);
        }
      });
      let isOver = false;
      const over = Promise.all(writers).finally(() => (isOver = true));
      const broken = breakUntil(proxy, () => isOver);
      while (!isOver) {
        for (const [stream, count] of [...written]) expect((await store.read(stream, 0, 1_000)).length).toBeGreaterThanOrEqual(count);
        const head = await store.head();
        const { position } = await readLog(store, { pageSize: 7 });
        expect((position ?? '') >= (head ?? '')).toBe(true);
      }
      await over;
      await broken;
      expect((await readLog(store)).events).toHaveLength(WRITERS * EVENTS_PER_WRITER);
    });

    it('tells a follower everything once, in order', async () => {
      const stop = new AbortController();
      const told: string[] = [];
      const following = (async () => {
        for await (const next of store.subscribe({ after: null, signal: stop.signal }))
          if (next.kind === 'page') told.push(...next.events.map(({ id }) => id));
      })();
      let isOver = false;
      const broken = breakUntil(proxy, () => isOver);
      for (let index = 0; index < EVENTS_PER_WRITER; index++)
        await store.append(`note-${index}`, 'no-stream', sampleEvents(`e.${index}`, 3));
      await until(() => told.length >= 3 * EVENTS_PER_WRITER);
      isOver = true;
      await broken;
      stop.abort();
      await following;
      expect(told).toEqual((await readLog(store)).events.map(({ id }) => id));
    });
  });
}

/** Resuming at positions, on any server. */
export function resuming(name: string, start: () => Promise<NamedServer>): void {
  describe(`a place in ${name}`, () => {
    let server: NamedServer;
    let namespace: string;
    let log: EventStoreDbLog;
    let store: EventStore;
    beforeEach(async () => {
      server = await start();
      namespace = freshNamespace();
      log = await openEventStoreDb({ connectionString: server.connectionString, namespace });
      store = log.store;
    });
    afterEach(async () => {
      await log.close();
      await server.close();
    });
    const ids = async (after: string | null = null) => (await readLog(store, { after })).events.map(({ id }) => id);

    it('is void when no event begins there, when another one does, or when it lies beyond the end', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 3));
      const head = (await store.head()) ?? '';
      const [incarnation, place = '', id = ''] = head.split(':');
      const moved = (by: bigint) => `${incarnation}:${String(BigInt(place) + by).padStart(20, '0')}`;
      const another = `${incarnation}:${place}:${id.startsWith('0') ? '1' : '0'}${id.slice(1)}`;
      for (const position of [
        moved(-1n),
        moved(1_000_000_000n),
        another,
        `${incarnation}:17`,
        `${incarnation}:`,
        'memory:0000000000000001',
        '',
      ]) {
        await expect(ids(position)).rejects.toThrow(VoidPosition);
      }
      expect(await ids(head)).toEqual([]);
      // As an earlier release wrote it.
      expect(await ids(moved(0n))).toEqual([]);
    });

    it('is of one incarnation for all who open the log at once', async () => {
      const other = freshNamespace();
      const logs = await Promise.all(
        Array.from({ length: 5 }, () => openEventStoreDb({ connectionString: server.connectionString, namespace: other })),
      );
      expect(new Set(logs.map(({ incarnation }) => incarnation)).size).toBe(1);
      await Promise.all(logs.map((each) => each.close()));
    });

    it('shows no stranger’s events', async () => {
      const client = EventStoreDBClient.connectionString(server.connectionString);
      await client.appendToStream(`${namespace}.note-9`, jsonEvent({ type: 'Strange', data: {} }), {
        credentials: addressOf(server.connectionString).credentials,
      });
      await store.append('note-1', 'no-stream', [sampleEvent('e')]);
      expect(await readLog(store)).toMatchObject({ events: [{ id: 'e' }], position: await store.head() });
      await client.dispose();
    });

    it('keeps cities with namespaces apart on one server', async () => {
      const south = await openEventStoreDb({ connectionString: server.connectionString, namespace: freshNamespace() });
      await store.append('note-1', 'no-stream', [sampleEvent('north')]);
      expect(await south.store.head()).toBeNull();
      await south.store.append('note-1', 'no-stream', [sampleEvent('south')]);
      for (const [id, city] of [
        ['north', log],
        ['south', south],
      ] as const) {
        const { events, position } = await readLog(city.store);
        expect(events).toMatchObject([{ id, stream: 'note-1', revision: 0 }]);
        expect(await city.store.head()).toBe(position);
      }
      await south.close();
    });
  });
}

/** The same address through a port of this machine. A certificate for an address is one for this machine's only. */
export function through(port: number, connectionString: string): string {
  const [seed] = addressOf(connectionString).seeds;
  const host = isIP(seed?.host ?? '') === 0 ? 'localhost' : '127.0.0.1';
  return connectionString.replace(
    /^(esdb(?:\+discover)?:\/\/(?:[^@]+@)?)[^/?]+/,
    (_all, before: string) => `${before.replace('+discover', '')}${host}:${port}`,
  );
}

/** Few enough for a call to succeed in its time: on a server with a long log a page takes longer than the time between two breaks. */
const BREAKS_MAX = 16;

/** Breaks and stalls connections, by turns, until the condition holds or the bound is reached. */
async function breakUntil(proxy: WireProxy, condition: () => boolean): Promise<void> {
  for (let round = 0; !condition() && round < BREAKS_MAX; round++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (round % 3 === 2) {
      proxy.hold();
      await new Promise((resolve) => setTimeout(resolve, 400));
      proxy.cut();
      proxy.release();
    } else proxy.cut();
  }
}
