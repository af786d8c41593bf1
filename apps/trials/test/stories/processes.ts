import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MINUTE_MS } from '@onedoor/kernel';
import { startSmtpDouble } from '@onedoor/testkit';
import { Cluster } from '../../src/cluster/cluster.js';
import { Engines } from '../../src/cluster/engines.js';
import { foundTrialCity } from '../../src/cluster/found-trial-city.js';
import { trialCity } from '../../src/cluster/trial-city.js';
import { STORY_KEY, TARGET_MINUTES, type StoryCity } from './story-city.js';

/** Each service as a process, on a real broker and on doubles of EventStoreDB and MongoDB or real ones. Runs on the real clock. */
export async function cityInProcesses(environment: Readonly<Record<string, string | undefined>>): Promise<StoryCity> {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-stories-'));
  const engines = await Engines.start(folder, environment);
  const smtp = await startSmtpDouble();
  const settings = {
    ...engines.settings,
    SMTP_URL: smtp.url,
    ONEDOOR_DATA: folder,
    ONEDOOR_SESSION_KEY: 'k'.repeat(40),
    ONEDOOR_OPEN311_KEYS: STORY_KEY,
    ONEDOOR_RATE_LIMIT: 'off',
  };
  const bearers = await foundTrialCity(trialCity(TARGET_MINUTES), settings);
  const cluster = await Cluster.start(settings);
  return {
    urlOf: (path) => cluster.urlOf(path),
    bearers,
    mail: smtp.received,
    pass: (minutes) => pause(minutes * MINUTE_MS + 500),
    async close() {
      await cluster.stop();
      await smtp.stop();
      await engines.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
