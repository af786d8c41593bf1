import type { INestApplicationContext } from '@nestjs/common';
import { foundAccounts, publishedAccounts } from '@onedoor/access';
import { Catalog } from '@onedoor/intake';
import { instantOf, msOf, reject, type Actor, type Instant } from '@onedoor/kernel';
import { SetUpRefused, type Ports } from '@onedoor/platform';
import { foundCity } from '../found-city.js';
import { RIVERBEND } from './city/riverbend.js';
import { DEMO_ACCOUNTS } from './demo-accounts.js';
import { foundingOf } from './history/founding.js';
import { isLivedThrough, liveHistory, type Tell } from './history/live-history.js';
import { HISTORY_MS, planHistory } from './history/plan-history.js';

const FOUNDER: Actor = { role: 'system', id: 'demo' };

export interface DemoOptions {
  /** How many cases Riverbend has lived through; with 0 it is only founded. */
  readonly cases: number;
  readonly tell: Tell;
}

/**
 * Gives empty data the demo city with its accounts and its past. Another city gets nothing of it, and false is answered; what is there
 * already stays as it is. To be called before workers run: what happened in the past must not be reacted to now.
 */
export async function foundDemo(app: INestApplicationContext, ports: Ports, { cases, tell }: DemoOptions): Promise<boolean> {
  const { catalog } = await app.get(Catalog).current();
  if (catalog.city !== null && catalog.city !== RIVERBEND.name) return false;
  const now = ports.clock.now();
  // The day on which the city was set up says, also to a later start, up to when its past is to be lived through.
  const foundedAt = (await foundingOf(ports)) ?? (cases === 0 ? now : shifted(now, -HISTORY_MS));
  const plan = planHistory(shifted(foundedAt, HISTORY_MS), cases);
  const hasPast = cases > 0 && plan.now <= now && !(await isLivedThrough(ports, plan));
  if (catalog.city === null || hasPast) await foundCity(app, RIVERBEND, FOUNDER, foundedAt);
  await foundAccounts(app, DEMO_ACCOUNTS, FOUNDER);
  if (hasPast) await liveHistory(ports, plan, tell);
  return true;
}

const shifted = (instant: Instant, ms: number): Instant => instantOf(msOf(instant) + ms);

/** Throws `SetUpRefused` where anybody could sign in because a demo's accounts are in this data: outside a demo the door stays shut. */
export async function refuseDemoAccounts(app: INestApplicationContext): Promise<void> {
  const published = await publishedAccounts(
    app,
    DEMO_ACCOUNTS.map(({ id }) => id),
  );
  if (published.length === 0) return;
  const detail = `everybody knows the password of ${published.join(', ')}: set another one or disable each (onedoor account --help), name another folder, or start the demo (ONEDOOR_DEMO=on)`;
  throw new SetUpRefused('ONEDOOR_DATA holds a demo', reject('PASSWORD_PUBLISHED', detail));
}
