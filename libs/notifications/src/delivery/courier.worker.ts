import { Inject, Injectable } from '@nestjs/common';
import {
  Ticker,
  Unavailable,
  type Contact,
  type Delivery,
  type DueItem,
  type MailMessage,
  type ReadModels,
  type RunOptions,
} from '@onedoor/engine';
import { assert, LIMITS, msOf, type Instant, type Reference } from '@onedoor/kernel';
import { PORTS, type Ports, type Worker } from '@onedoor/platform';
import { renderMessage } from '../message/render-message.js';
import { SenderCities } from '../city/sender-cities.service.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { DeliveryRecord, type Claim } from './delivery-record.service.js';
import { PENDING_NOTIFICATIONS, type PendingNotification } from './pending-notifications.js';

/** Deliveries at once: enough that one slow answer holds up no other, few enough for any mail server. */
const AT_ONCE = 5;
/** How long a process that ends waits for what is under way. What takes longer is sent once more when its claim has expired. */
const SHUTDOWN_WAIT_MS = 5_000;
const NEVER = new AbortController().signal;

/**
 * Takes notifications to the mailer. A claim is written before anything is sent and the result after it, so a crash in between
 * leads to one more attempt under the same Message-ID, and two processes rarely send the same. No fault of the mail server
 * reaches beyond this class.
 */
@Injectable()
export class Courier {
  private readonly underWay = new Map<Reference, Promise<void>>();
  private readonly breaker = new CircuitBreaker();

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly cities: SenderCities,
    private readonly record: DeliveryRecord,
  ) {}

  worker(): Worker {
    return { name: 'courier', kind: 'ticker', run: (run) => this.run(run), due: () => this.due() };
  }

  /** How many requests have something to be told that is due, up to a page of them. */
  private async due(): Promise<number> {
    return (await dueNotifications(this.ports.readModels, this.ports.clock.now(), null, LIMITS.pageRows)).length;
  }

  /** Follows the due list until the signal fires; what is under way then gets a moment to end. */
  async run(run: Pick<RunOptions, 'signal' | 'onProgress'>): Promise<void> {
    await this.ticker(run.signal).run(run);
    const isOver = new AbortController();
    await Promise.race([this.idle(), this.ports.clock.wait(SHUTDOWN_WAIT_MS, isOver.signal)]);
    isOver.abort();
  }

  /** Begins nothing new once the signal fires. */
  ticker(signal: AbortSignal = NEVER): Ticker {
    const { clock, alarm, readModels } = this.ports;
    return new Ticker({
      // Reads nothing while the mail server is spared, nor until the city that signs the messages is known.
      due: async (now, after, limit) => {
        const maySend = this.breaker.mayEnter(msOf(now)) && (await this.cities.current()) !== null;
        return maySend ? dueNotifications(readModels, now, after, limit) : [];
      },
      assess: ({ id }) => this.begin(id, signal),
      clock,
      alarm,
    });
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay.values());
  }

  /** Begins a delivery as soon as there is room for one; resolves then, not at its end. */
  private async begin(reference: Reference, signal: AbortSignal): Promise<void> {
    if (this.underWay.has(reference)) return;
    while (this.underWay.size >= AT_ONCE && !signal.aborted) await this.untilOneEnds(signal);
    if (signal.aborted || !this.breaker.enter(this.nowMs())) return;
    const delivery = this.deliver(reference)
      // What could not be written down is found again when its claim has expired.
      .catch((error: unknown) => this.ports.alarm('notification not recorded', { reference, reason: String(error) }))
      .finally(() => {
        this.underWay.delete(reference);
        this.breaker.leave();
      });
    this.underWay.set(reference, delivery);
  }

  private async untilOneEnds(signal: AbortSignal): Promise<void> {
    const { promise: isStopped, resolve: stop } = Promise.withResolvers<void>();
    const hear = (): void => stop();
    signal.addEventListener('abort', hear, { once: true });
    await Promise.race([...this.underWay.values(), isStopped]);
    signal.removeEventListener('abort', hear);
  }

  /** Sends what is next about one request, where anything is due. Public for tests and histories, which run no ticker. */
  async deliver(reference: Reference): Promise<void> {
    const claim = await this.record.claim(reference);
    if (claim === null) return;
    const contact = await this.contactOf(claim);
    if (contact === null) return this.record.suppressed(claim, 'erased');
    // Earlier releases took addresses with space around them.
    const address = contact.email?.trim() ?? '';
    if (address === '') return this.record.suppressed(claim, 'no_address');
    const delivery = await this.attempt(await this.compose(claim, address));
    if (delivery.outcome === 'accepted') return this.record.sent(claim);
    // No alarm where it is for good: anyone can report with an address that takes no mail.
    return this.record.failed(claim, delivery.outcome, delivery.code);
  }

  /** Null after an erasure. */
  private contactOf({ reference, correspondence: { contact } }: Claim): Promise<Contact | null> {
    const { vault } = this.ports;
    return contact === null ? vault.contact(reference, 'notify') : vault.openContact(reference, contact, 'notify');
  }

  private async compose({ reference, correspondence, notification }: Claim, to: string): Promise<MailMessage> {
    const { service, language } = correspondence;
    const city = await this.cities.current();
    assert(city !== null, 'nothing is sent before the city is known');
    const { subject, text } = renderMessage(notification.news, language, { reference, serviceName: service.name, city });
    return { id: `${reference}.${notification.n}`, to, subject, text, language, writtenAt: notification.requestedAt };
  }

  /** Any answer of the mailer uses up an attempt of the message; an unreachable mailer uses up none. */
  private async attempt(message: MailMessage): Promise<Delivery | { readonly outcome: 'unreachable'; readonly code: string }> {
    const { mailer, alarm } = this.ports;
    try {
      const delivery = await mailer.send(message);
      this.breaker.close();
      return delivery;
    } catch (error) {
      if (error instanceof Unavailable) {
        alarm('mail server out of reach', { sparedForMs: this.breaker.open(this.nowMs()), reason: error.message });
        return { outcome: 'unreachable', code: 'UNREACHABLE' };
      }
      // A bug of the mailer may well name the message in its words.
      alarm('mailer failed', { message: message.id, reason: error instanceof Error ? error.name : 'not an error' });
      return { outcome: 'deferred', code: 'MAILER_FAILED' };
    }
  }

  private nowMs(): number {
    return msOf(this.ports.clock.now());
  }
}

/** The next requests about which something may be sent now, behind one of them; by the index, however many wait. */
async function dueNotifications(readModels: ReadModels, now: Instant, after: DueItem | null, limit: number): Promise<readonly DueItem[]> {
  const found = await readModels.find(PENDING_NOTIFICATIONS.collection, {
    where: { nextAttemptAt: { to: now } },
    sort: { field: 'nextAttemptAt' },
    ...(after && { after: { value: after.dueAt, id: after.id } }),
    limit,
  });
  return found.map(({ id, body }) => ({ id, dueAt: (body as unknown as PendingNotification).nextAttemptAt }));
}
