import type { INestApplicationContext } from '@nestjs/common';
import { foundAccounts, publishedAccounts } from '@onedoor/access';
import { foundCity } from '@onedoor/composition';
import { Catalog } from '@onedoor/intake';
import { instantOf, msOf, reject, type Actor, type Instant } from '@onedoor/kernel';
import { SetUpRefused, type Ports } from '@onedoor/platform';
import { DEMO_ACCOUNTS } from './accounts.js';
import { RIVERBEND } from './city/riverbend.js';
import { foundingOf } from './history/find-long-story.js';
import { HISTORY_MS, planHistory } from './history/plan-history.js';
import { isHistoryWritten, writeHistory, type OnProgress } from './history/write-history.js';

const FOUNDER: Actor = { role: 'system', id: 'demo' };

export interface DemoOptions {
  /** How many cases the past of Riverbend has; with 0 the city is only set up. */
  readonly cases: number;
  readonly onProgress: OnProgress;
}

/**
 * Gives empty data the demo city with its accounts and its past. Data of another city gets nothing of it, and false is answered; what is
 * there already stays as it is. To be called before workers run, which would react to the past as if it happened now.
 */
export async function foundDemo(app: INestApplicationContext, ports: Ports, { cases, onProgress }: DemoOptions): Promise<boolean> {
  const { catalog } = await app.get(Catalog).current();
  if (catalog.city !== null && catalog.city !== RIVERBEND.name) return false;
  const now = ports.clock.now();
  // The past ends a fixed time after the city was set up, so that a later start plans the same one.
  const foundedAt = (await foundingOf(ports)) ?? (cases === 0 ? now : shifted(now, -HISTORY_MS));
  const plan = planHistory(shifted(foundedAt, HISTORY_MS), cases);
  const hasPast = cases > 0 && plan.now <= now && !(await isHistoryWritten(ports, plan));
  if (catalog.city === null || hasPast) await foundCity(app, RIVERBEND, FOUNDER, foundedAt);
  await foundAccounts(app, DEMO_ACCOUNTS, FOUNDER);
  if (hasPast) await writeHistory(ports, plan, onProgress);
  return true;
}

const shifted = (instant: Instant, ms: number): Instant => instantOf(msOf(instant) + ms);

/** Throws `SetUpRefused` where data holds accounts of a demo with their published password: outside a demo they would let anyone in. */
export async function refuseDemoAccounts(app: INestApplicationContext): Promise<void> {
  const ids = DEMO_ACCOUNTS.map(({ id }) => id);
  const published = await publishedAccounts(app, ids);
  if (published.length === 0) return;
  const detail =
    `the password of ${published.join(', ')} is published: set another one or disable each (onedoor account --help), ` +
    'name another folder, or start the demo (ONEDOOR_DEMO=on)';
  throw new SetUpRefused('ONEDOOR_DATA holds a demo', reject('PASSWORD_PUBLISHED', detail));
}

/** Says on standard error how much of the past is written: on a terminal at each step, elsewhere at its end only. */
export const printProgress: OnProgress = (written, of) => {
  const line = `Riverbend lives through its last six months: ${written} of ${of} cases`;
  if (process.stderr.isTTY) process.stderr.write(written === of ? `\r${line}\n` : `\r${line}`);
  else if (written === of) process.stderr.write(`${line}\n`);
};
