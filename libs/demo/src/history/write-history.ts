import { NestFactory } from '@nestjs/core';
import { ProductModule } from '@onedoor/composition';
import { isOutbox, type Delivery, type Mailer, type MailMessage } from '@onedoor/engine';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { frameworkLog, type Ports } from '@onedoor/platform';
import { referenceOf } from './find-long-story.js';
import { HistoryRunner } from './history-runner.js';
import type { Plan } from './plan-history.js';
import { StoryClock } from './story-clock.js';

/** The outbox is given the mail of the last days only. */
const OUTBOX_MS = 3 * 86_400_000;

/** Is given how many of how many cases are written. */
export type OnProgress = (written: number, of: number) => void;

/**
 * Writes a planned past into the log, on a clock of its own, before any worker of this process runs on the real one. It may be killed at
 * any point and is then begun again from the same plan.
 */
export async function writeHistory(ports: Ports, { now, stories, last }: Plan, onProgress: OnProgress): Promise<void> {
  const clock = new StoryClock(now, ports.clock);
  const mail = new HistoryMailer(ports.mailer, instantOf(msOf(now) - OUTBOX_MS));
  const product = ProductModule.of({ ...ports, clock, mailer: mail }, { open311Keys: [], recordedAt: ({ time }) => time });
  const app = await NestFactory.createApplicationContext(product, { logger: frameworkLog(ports.alarm), abortOnError: false });
  try {
    const runner = new HistoryRunner(app, clock);
    await runner.prepare();
    const all = stories.length + 1;
    await runner.run(stories, now, (ended) => onProgress(ended, all));
    await mail.deliver();
    await runner.begin(last);
    await runner.finish();
    onProgress(all, all);
  } finally {
    await app.close();
  }
}

/** Whether all of a planned past is in the log. */
export const isHistoryWritten = async (ports: Ports, { last }: Plan): Promise<boolean> => (await referenceOf(ports, last)) !== null;

/**
 * Accepts the mail of the past. What is older than an outbox shows is dropped; the rest is handed to the outbox in the order in which it
 * was written, once all of it is. A mail server is never given any of it.
 */
class HistoryMailer implements Mailer {
  private readonly recent: MailMessage[] = [];

  constructor(
    private readonly mailer: Mailer,
    private readonly since: Instant,
  ) {}

  async send(message: MailMessage): Promise<Delivery> {
    if (message.writtenAt >= this.since && isOutbox(this.mailer)) this.recent.push(message);
    return { outcome: 'accepted' };
  }

  /** Hands the recent ones to the outbox. */
  async deliver(): Promise<void> {
    const inOrder = this.recent.splice(0).sort((one, other) => (one.writtenAt < other.writtenAt ? -1 : 1));
    for (const message of inOrder) await this.mailer.send(message);
  }
}
