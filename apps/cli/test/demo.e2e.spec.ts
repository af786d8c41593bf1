import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { openMemory, openSqlite, systemEntropy } from '@onedoor/adapters';
import { openEmbedded, ProductModule } from '@onedoor/composition';
import { foundDemo } from '@onedoor/demo';
import type { EventStore } from '@onedoor/engine';
import { DAY_MS, instantOf } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import { json, onedoor, start } from './command-line.js';

const LIMIT_MS = 120_000;
const CASES = 80;
const HISTORY_DAYS = 183;

describe('onedoor demo seed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-demo-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const seed = (): Promise<{ readonly cases: number; readonly events: number; readonly digest: string }> =>
    json('demo', 'seed', '--cases', String(CASES), '--data', folder);

  it(
    'resumes after kills at any moment, and ends like an uninterrupted seeding',
    async () => {
      for (let kill = 0; kill < 4; kill++) {
        const { child, ended } = start('demo', 'seed', '--cases', String(CASES), '--data', folder);
        await Promise.race([pause(500 + kill * 400), ended]);
        child.kill('SIGKILL');
        await ended;
      }
      const whole = await seed();
      expect(whole.cases).toBe(CASES);
      expect(await seed()).toEqual(whole);
      expect(await json('rebuild', '--verify', '--data', folder)).toMatchObject({ equal: true });
      await expectUndisturbed(folder);
    },
    LIMIT_MS,
  );

  it(
    'resumes after a kill that followed the last report and preceded its handling',
    async () => {
      const late = join(folder, 'late');
      const data = await openEmbedded({
        folder: late,
        jurisdiction: 'riverbend.example',
        alarm: () => undefined,
        onFailure: () => undefined,
      });
      const ports: Ports = { ...data.ports, store: endsAfter(data.ports.store, CASES) };
      const app = await NestFactory.createApplicationContext(ProductModule.of(ports, { open311Keys: [] }), {
        logger: false,
        abortOnError: false,
      });
      await expect(foundDemo(app, ports, { cases: CASES, onProgress: () => undefined })).rejects.toThrow('killed');
      await app.close();
      await data.close();
      await json('demo', 'seed', '--cases', String(CASES), '--data', late);
      await expectUndisturbed(late);
    },
    LIMIT_MS,
  );

  it('says what is wrong with a number of cases', async () => {
    const { code, stderr } = await onedoor('demo', 'seed', '--cases', 'many', '--data', folder);
    expect(code).toBe(1);
    expect(stderr).toBe('--cases: must be a whole number from 0 to 5000\n');
  });
});

/** Compares the log in a folder with that of an uninterrupted seeding. */
async function expectUndisturbed(folder: string): Promise<void> {
  const data = await openSqlite(folder, { readOnly: true });
  const killed = await eventsOf(data.store);
  const [opened] = await data.store.read('catalog-city', 0, 1);
  await data.close();
  expect(killed).toEqual(await undisturbed(instantOf(Date.parse(opened?.recordedAt ?? '') + HISTORY_DAYS * DAY_MS)));
}

/** A log that rejects every call after so many reports, as if the process had been killed then. */
function endsAfter(store: EventStore, reports: number): EventStore {
  let left = reports;
  const alive = <Result>(work: () => Promise<Result>): Promise<Result> => (left > 0 ? work() : Promise.reject(new Error('killed')));
  return {
    append: (stream, expected, events) =>
      alive(async () => {
        const appended = await store.append(stream, expected, events);
        if (events[0]?.type === 'ServiceRequestSubmitted') left -= 1;
        return appended;
      }),
    read: (stream, from, limit) => alive(() => store.read(stream, from, limit)),
    head: () => alive(() => store.head()),
    subscribe: (options) => store.subscribe(options),
  };
}

/** The events of requests, cases and facts by stream. Deliveries are left out: a kill may interrupt and repeat them. */
async function eventsOf(store: EventStore): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const signal of store.subscribe({
    after: null,
    categories: ['request', 'case', 'fact'],
    signal: new AbortController().signal,
  })) {
    if (signal.kind === 'caught-up') break;
    lines.push(...signal.events.map(({ stream, revision, type, at }) => `${stream} ${String(revision).padStart(4, '0')} ${type} ${at}`));
  }
  return lines.sort();
}

/** The events of the same seeding in memory, without interruption. */
async function undisturbed(now: string): Promise<readonly string[]> {
  const data = openMemory();
  const ports: Ports = {
    ...data,
    clock: new ManualClock(now),
    entropy: systemEntropy,
    alarm: () => undefined,
    dependencies: [],
    jurisdiction: 'riverbend.example',
  };
  const app = await NestFactory.createApplicationContext(ProductModule.of(ports, { open311Keys: [] }), {
    logger: false,
    abortOnError: false,
  });
  await foundDemo(app, ports, { cases: CASES, onProgress: () => undefined });
  const events = await eventsOf(data.store);
  await app.close();
  await data.close();
  return events;
}
