import type { INestApplicationContext } from '@nestjs/common';
import { foundAccounts, publishedAccounts } from '@onedoor/access';
import { foundCity } from '../found-city.js';
import { Catalog } from '@onedoor/intake';
import { reject, type Actor, type Instant } from '@onedoor/kernel';
import { SetUpRefused } from '@onedoor/platform';
import { DEMO_ACCOUNTS } from './demo-accounts.js';
import { RIVERBEND } from './riverbend.js';

const FOUNDER: Actor = { role: 'system', id: 'demo' };

/** Gives an empty folder the demo city with its accounts. Another city gets neither, and what is there already stays as it is. */
export async function foundDemo(app: INestApplicationContext, now: Instant): Promise<void> {
  const { catalog } = await app.get(Catalog).current();
  if (catalog.city === null) await foundCity(app, RIVERBEND, FOUNDER, now);
  if (catalog.city === null || catalog.city === RIVERBEND.name) await foundAccounts(app, DEMO_ACCOUNTS, FOUNDER);
}

/** Throws `SetUpRefused` where anybody could sign in because a demo's accounts are in this data: outside a demo the door stays shut. */
export async function refuseDemoAccounts(app: INestApplicationContext): Promise<void> {
  const published = await publishedAccounts(app, DEMO_ACCOUNTS.map(({ id }) => id));
  if (published.length === 0) return;
  const detail = `everybody knows the password of ${published.join(', ')}: set another one or disable each (onedoor account --help), name another folder, or start the demo (ONEDOOR_DEMO=on)`;
  throw new SetUpRefused('ONEDOOR_DATA holds a demo', reject('PASSWORD_PUBLISHED', detail));
}
