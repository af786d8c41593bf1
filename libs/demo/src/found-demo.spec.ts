import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { readFigures } from '@onedoor/analytics';
import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { isOutbox } from '@onedoor/engine';
import { REQUEST_STATUS } from '@onedoor/intake';
import { foundCity, ProductModule } from '@onedoor/composition';
import type { Instant } from '@onedoor/kernel';
import { NOTIFICATION_LEDGER } from '@onedoor/notifications';
import type { Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, dueItems, type CaseOverview } from '@onedoor/routing';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import { RIVERBEND } from './city/riverbend.js';
import { foundDemo } from './found-demo.js';
import { findLongStory } from './history/find-long-story.js';
import { readDepartments } from './page/departments.js';

const CASES = 120;
const DAY_MS = 86_400_000;

interface Riverbend {
  readonly data: MemoryData;
  readonly ports: Ports;
  readonly clock: ManualClock;
  readonly alarms: AlarmLog;
  readonly app: INestApplicationContext;
}

const opened: Riverbend[] = [];

async function open(now: Instant): Promise<Riverbend> {
  const data = openMemory();
  const [clock, alarms] = [new ManualClock(now), new AlarmLog()];
  const ports: Ports = { ...data, clock, entropy: systemEntropy, alarm: alarms.alarm, dependencies: [], jurisdiction: 'riverbend.example' };
  const app = await NestFactory.createApplicationContext(ProductModule.of(ports, { open311Keys: [] }), {
    logger: false,
    abortOnError: false,
  });
  const city = { data, ports, clock, alarms, app };
  opened.push(city);
  return city;
}

afterAll(async () => {
  for (const { app, data } of opened) {
    await app.close();
    await data.close();
  }
});

const found = ({ app, ports }: Riverbend, cases: number): Promise<boolean> => foundDemo(app, ports, { cases, onProgress: () => undefined });

async function bodies(
  ports: Ports,
  { collection }: { readonly collection: typeof CASE_OVERVIEW.collection },
): Promise<readonly Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const page of ports.readModels.scan(collection)) all.push(...page.map(({ body }) => body));
  return all;
}

describe('the demo city in empty data, on a Wednesday at noon', () => {
  const now = '2026-06-17T16:00:00.000Z';
  let city: Riverbend;

  beforeAll(async () => {
    city = await open(now);
    await found(city, CASES);
  });

  it('has lived through as many cases as were asked for, and no story was refused a step', async () => {
    expect(city.alarms.entries).toEqual([]);
    expect(await bodies(city.ports, CASE_OVERVIEW)).toHaveLength(CASES);
    expect(await bodies(city.ports, REQUEST_STATUS)).toHaveLength(CASES);
  });

  it('has cases in every state, some overdue, some due within the hour', async () => {
    const cases = (await bodies(city.ports, CASE_OVERVIEW)) as unknown as readonly CaseOverview[];
    expect(new Set(cases.map(({ status }) => status))).toEqual(
      new Set(['triage', 'queued', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed']),
    );
    const open = cases.filter(({ isOpen }) => isOpen);
    expect(open.filter(({ breachedAt, isPaused }) => breachedAt !== null && !isPaused).length).toBeGreaterThan(3);
    expect(open.filter(({ queueAt }) => queueAt > now && Date.parse(queueAt) <= Date.parse(now) + 3_600_000).length).toBeGreaterThan(2);
  });

  it('has departments that keep their promises, and parks', async () => {
    const figures = await readFigures(city.ports.readModels, { from: '2026-01-01', to: '2026-06-17', by: ['department'] });
    const onTime = new Map(figures.map((row) => [row.department, row.onTime ?? 0]));
    expect(onTime.get('parks')).toBeLessThan(0.6);
    for (const code of ['streets', 'sanitation', 'water']) expect(onTime.get(code)).toBeGreaterThan(0.7);
    const standings = await readDepartments(city.ports, RIVERBEND.departments, now, RIVERBEND.zone);
    expect(standings.find(({ code }) => code === 'parks')?.overdue).toBeGreaterThan(3);
  });

  it('has a case for auditors that everything happened to', async () => {
    const story = await findLongStory(city.ports);
    const events = await city.ports.store.read(`case-${story?.reference ?? ''}`, 0, 200);
    expect(events.length).toBeGreaterThanOrEqual(25);
    const types = new Set(events.map(({ type }) => type));
    for (const type of [
      'CaseReturned',
      'PromisePaused',
      'PromiseResumed',
      'PromiseDueSoon',
      'PromiseBreached',
      'CaseReopened',
      'CaseClosed',
    ])
      expect(types).toContain(type);
  });

  it('knew everything when it happened, breaches too', async () => {
    let events = 0;
    for await (const signal of city.ports.store.subscribe({
      after: null,
      categories: ['request', 'case', 'notification', 'fact'],
      signal: new AbortController().signal,
    })) {
      if (signal.kind === 'caught-up') break;
      for (const { at, recordedAt, type } of signal.events) {
        events += 1;
        expect([type, at]).toEqual([type, recordedAt]);
        expect(at <= now || type === 'NotificationSent' || type === 'NotificationClaimed').toBe(true);
      }
    }
    expect(events).toBeGreaterThan(CASES * 10);
  });

  it('has nothing left that should have been told before, and shows the messages of the last days in their order', async () => {
    const ledger = await bodies(city.ports, NOTIFICATION_LEDGER);
    expect(ledger.length).toBeGreaterThan(50);
    // What comes in last of all is written about by the courier of today.
    expect(new Set(ledger.filter(({ state }) => state !== 'sent').map(({ requestedAt }) => requestedAt))).toEqual(
      new Set(['2026-06-17T15:59:00.000Z']),
    );
    expect(await dueItems(city.ports.readModels, now, null, 10)).toEqual([]);
    const { mailer } = city.ports;
    const messages = isOutbox(mailer) ? await mailer.latest(100) : [];
    expect(messages.length).toBeGreaterThan(5);
    const written = messages.map(({ writtenAt }) => Date.parse(writtenAt));
    expect(written).toEqual(written.toSorted((one, other) => other - one));
    expect(Math.min(...written)).toBeGreaterThan(Date.parse(now) - 3 * DAY_MS);
  });

  it('gets nothing more when it is founded again, also on a later day', async () => {
    const head = await city.ports.store.head();
    await found(city, CASES);
    city.clock.advance(3 * DAY_MS);
    await found(city, CASES);
    expect(await city.ports.store.head()).toBe(head);
  });
});

describe('the past of the demo city', () => {
  // A Sunday night, a holiday, the hour that comes twice, a leap day.
  it.each(['2026-11-22T03:26:00.000Z', '2026-12-25T15:00:00.000Z', '2026-11-01T05:30:00.000Z', '2028-02-29T23:59:59.000Z'])(
    'can be lived through as seen from %s',
    async (now) => {
      const city = await open(now);
      await found(city, 50);
      expect(city.alarms.entries).toEqual([]);
      expect(await bodies(city.ports, CASE_OVERVIEW)).toHaveLength(50);
    },
  );

  it('is nothing to a city that was there without it, or that is another one', async () => {
    const [bare, other] = [await open('2026-06-17T16:00:00.000Z'), await open('2026-06-17T16:00:00.000Z')];
    expect(await found(bare, 0)).toBe(true);
    await foundCity(other.app, { ...RIVERBEND, name: 'Elsewhere' }, { role: 'system', id: 'test' }, other.clock.now());
    const head = await other.ports.store.head();
    expect(await found(other, 50)).toBe(false);
    expect(await other.ports.store.head()).toBe(head);
    bare.clock.advance(DAY_MS);
    await found(bare, 50);
    expect(await bodies(bare.ports, CASE_OVERVIEW)).toEqual([]);
  });
});
