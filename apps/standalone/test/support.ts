import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemory, openOutbox, openSqlite, systemEntropy } from '@onedoor/adapters';
import { foundCity, type City } from '@onedoor/composition';
import { RIVERBEND } from '@onedoor/demo';
import type { Clock, Mailer } from '@onedoor/engine';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig, WorkerRunner, type Config, type Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import request from 'supertest';
import { standaloneServer } from '../src/standalone.js';
import { holdToDescription } from './hold-to-description.js';

/** A door that is open over one profile's adapters, on a clock that the test moves. */
export interface TestDoor {
  readonly app: NestFastifyApplication;
  readonly ports: Ports;
  readonly clock: ManualClock;
  /** What the machinery complained about. */
  readonly alarms: string[];
  http(): ReturnType<typeof request>;
  /** Lets everything that was written reach everybody: the test then sees what a resident sees a moment later. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The embedded profile on its two stores; the distributed one joins this list. */
export const PROFILES = ['sqlite', 'memory'] as const;

export async function openTestDoor(
  profile: (typeof PROFILES)[number],
  startsAt: string,
  environment: Record<string, string> = {},
  mailer?: Mailer,
  city: City | null = RIVERBEND,
): Promise<TestDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-e2e-'));
  const data = profile === 'sqlite' ? await openSqlite(folder) : openMemory();
  const clock = new ManualClock(startsAt);
  const alarms: string[] = [];
  const ports: Ports = {
    ...data,
    mailer: mailer ?? openOutbox(join(folder, 'outbox')),
    clock: clock as Clock,
    entropy: systemEntropy,
    alarm: (message, details) => alarms.push(`${message}: ${JSON.stringify(details)}`),
    dependencies: [],
    jurisdiction: 'riverbend.example',
  };
  const config = readConfig({ ONEDOOR_DEMO: 'on', ONEDOOR_DEMO_DRIP_SECONDS: '0', ONEDOOR_RATE_LIMIT: 'off', ...environment }) as Config;
  const app = await standaloneServer(ports, config);
  const differences = holdToDescription(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  if (city !== null) await foundCity(app, city, { role: 'system', id: 'demo' }, clock.now());
  const runner = app.get(WorkerRunner);
  await runner.settle();
  return {
    app,
    ports,
    clock,
    alarms,
    http: () => request(app.getHttpServer()),
    settle: () => runner.bringUpToDate(),
    async close() {
      await app.close();
      await data.close();
      rmSync(folder, { recursive: true, force: true });
      expect(differences).toEqual([]);
    },
  };
}
