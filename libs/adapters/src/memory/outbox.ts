import type { Delivery, MailMessage, Outbox } from '@onedoor/engine';
import { isMailAddress } from '@onedoor/kernel';
import { assertSound } from '../mail/compose.js';

/** An outbox in memory. */
export class MemoryOutbox implements Outbox {
  readonly #messages = new Map<string, MailMessage>();

  async send(message: MailMessage): Promise<Delivery> {
    if (!isMailAddress(message.to)) return { outcome: 'refused', code: 'ADDRESS_INVALID' };
    assertSound(message);
    this.#messages.delete(message.id);
    this.#messages.set(message.id, message);
    return { outcome: 'accepted' };
  }

  async latest(limit: number): Promise<readonly MailMessage[]> {
    return [...this.#messages.values()].reverse().slice(0, limit);
  }

  async read(id: string): Promise<MailMessage | null> {
    return this.#messages.get(id) ?? null;
  }
}
