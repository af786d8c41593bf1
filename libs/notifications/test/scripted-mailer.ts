import { Unavailable, type Delivery, type MailMessage, type Mailer } from '@onedoor/engine';

/** A mail server as a test wants it: each answer may be set for all or for one message, and it remembers what it was handed. */
export class ScriptedMailer implements Mailer {
  readonly received: MailMessage[] = [];
  /** How often it was asked, heard or not. */
  asked = 0;
  isDown = false;
  /** What it says to a message; accepted where it says nothing. */
  answer: (message: MailMessage) => Delivery | Promise<Delivery> | null = () => null;

  async send(message: MailMessage): Promise<Delivery> {
    this.asked += 1;
    if (this.isDown) throw new Unavailable('The mail server is down');
    const delivery = (await this.answer(message)) ?? { outcome: 'accepted' };
    if (delivery.outcome === 'accepted') this.received.push(message);
    return delivery;
  }

  get ids(): readonly string[] {
    return this.received.map(({ id }) => id);
  }
}
