import { NestFactory } from '@nestjs/core';
import { findSubmitted } from '@onedoor/intake';
import { instantOf, msOf, type Reference } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import { ProductModule } from '../../product/product.module.js';
import { RIVERBEND } from '../city/riverbend.js';
import { Historian } from './historian.js';
import { PastMail } from './past-mail.js';
import type { Plan } from './plan-history.js';
import { TELLER } from './player.js';
import { StoryClock } from './story-clock.js';
import type { Story } from './story.js';

/** The outbox shows the mail of the last days only. */
const OUTBOX_MS = 3 * 86_400_000;

/** Hears how many of how many cases are behind us. */
export type Tell = (lived: number, of: number) => void;

/**
 * Lets Riverbend live through what is planned, on a clock of its own, before any worker of this process runs on the real one. It may be
 * killed at any point and is begun again from the same plan.
 */
export async function liveHistory(ports: Ports, { now, stories, finale }: Plan, tell: Tell): Promise<void> {
  const clock = new StoryClock(now, ports.clock);
  const mail = new PastMail(ports.mailer, instantOf(msOf(now) - OUTBOX_MS));
  const product = ProductModule.of({ ...ports, clock, mailer: mail }, { open311Keys: [], recordedAt: ({ time }) => time });
  const app = await NestFactory.createApplicationContext(product, { logger: ['error', 'warn'], abortOnError: false });
  try {
    const historian = new Historian(app, clock);
    await historian.prepare();
    const all = stories.length + 1;
    await historian.live(stories, now, (lived) => tell(lived, all));
    await mail.deliver();
    await historian.begin(finale);
    await historian.finish();
    tell(all, all);
  } finally {
    await app.close();
  }
}

/** Whether all of it was lived through. */
export const isLivedThrough = async (ports: Ports, { finale }: Plan): Promise<boolean> => (await referenceOf(ports, finale)) !== null;

/** The reference under which a story stands; null as long as it does not. */
export const referenceOf = ({ store }: Ports, { key, at }: Pick<Story, 'key' | 'at'>): Promise<Reference | null> =>
  findSubmitted(store, RIVERBEND.zone, { caller: TELLER, key, at });
