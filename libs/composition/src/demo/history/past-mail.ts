import { isOutbox, type Delivery, type Mailer, type MailMessage } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';

/**
 * The mail of the past. What was written long ago was taken over long ago and is in nobody's outbox any more; what is recent enough for
 * an outbox to show goes there in the order in which it was written, once everything is. A mail server is never given any of it.
 */
export class PastMail implements Mailer {
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
