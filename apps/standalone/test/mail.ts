import { isOutbox, type MailMessage } from '@onedoor/engine';
import { Courier } from '@onedoor/notifications';
import type { TestDoor } from './support.js';

/** What the courier does in so many seconds. */
export async function deliver(door: TestDoor, seconds = 4): Promise<void> {
  const courier = door.app.get(Courier);
  for (let second = 0; second < seconds; second++) {
    await courier.ticker().tick(new AbortController().signal);
    await courier.idle();
    await door.settle();
    door.clock.advance(1_000);
  }
}

/** What was written about a request, in its order. */
export async function outboxOf({ ports: { mailer } }: TestDoor, reference: string): Promise<readonly MailMessage[]> {
  if (!isOutbox(mailer)) throw new Error('The demo writes into an outbox');
  return (await mailer.latest(100)).filter(({ id }) => id.startsWith(reference)).sort((one, other) => (one.id < other.id ? -1 : 1));
}
