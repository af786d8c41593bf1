import { msOf, type Instant } from '@onedoor/kernel';
import { Lease, type LeasePorts } from './lease.js';
import { forEachConcurrently, isTransient, type MessageHandler } from './message-handler.js';
import { sinceOf, type ParkedMessages } from './parked-messages.js';
import type { ParkedQueues } from './parked-queues.js';
import type { Alarm } from './ports/alarm.js';

interface ParkedRetriesParts {
  readonly group: string;
  readonly messages: ParkedMessages;
  readonly queues: ParkedQueues;
  readonly handler: MessageHandler;
  readonly ports: LeasePorts & { readonly alarm: Alarm };
}

/** How often due keys are looked for. */
const PERIOD_MS = 5_000;
/** Keys of one round at most: the others are due in the next one. */
const KEYS_A_ROUND = 200;
const KEYS_AT_ONCE = 16;

/**
 * Retries parked keys at growing intervals, the messages of each key in order, until they succeed. A lease lets one process of the
 * group do so at a time. Messages that arrive for a key meanwhile, here or in another process, are parked behind it and retried
 * before the key is released.
 */
export class ParkedRetries {
  private readonly lease: Lease;
  /** Keys being released: a second call for one of them awaits the same result. */
  private readonly releasing = new Map<string, Promise<boolean>>();

  constructor(private readonly parts: ParkedRetriesParts) {
    this.lease = new Lease(`parked:${parts.group}`, parts.ports);
  }

  /** Retries due keys until the signal fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.parts.ports;
    while (!signal.aborted) {
      await clock.wait(PERIOD_MS, signal);
      await this.round(clock.now(), signal);
    }
    await this.end();
  }

  /** One attempt for every parked key, due or not. */
  async runOnce(signal: AbortSignal): Promise<void> {
    await this.round(null, signal);
    await this.end();
  }

  /** Retries the messages of a key in order; true when all of them succeeded. False also while another process holds the lease. */
  release(key: string, signal: AbortSignal): Promise<boolean> {
    const releasing = this.releasing.get(key) ?? this.releaseAll(key, signal).finally(() => this.releasing.delete(key));
    this.releasing.set(key, releasing);
    return releasing;
  }

  /** Lets a key be retried in the next round of the process that holds the lease. Changes nothing where it is not parked. */
  makeDue(key: string): Promise<void> {
    return this.parts.queues.makeDue(key);
  }

  /** Removes these messages of a key for good; those behind them are retried. Waits for a retry of the key in this process. */
  async drop(key: string, ids: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    for (let busy = this.releasing.get(key); busy !== undefined; busy = this.releasing.get(key)) await busy.catch(() => false);
    if (signal.aborted) return;
    const dropping = this.dropAll(key, ids).finally(() => this.releasing.delete(key));
    this.releasing.set(key, dropping);
    await dropping;
  }

  /** Retries the keys due by an instant (null: all), up to a bound. A dependency that is down ends the round; the next one starts over. */
  private async round(dueBy: Instant | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      const keys = await this.parts.messages.due(dueBy, KEYS_A_ROUND);
      if (keys.length === 0 || !(await this.lease.acquire())) return;
      const idle = keys.filter((key) => !this.releasing.has(key));
      await forEachConcurrently(idle, KEYS_AT_ONCE, async (key) => void (await this.release(key, signal)));
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }

  private async releaseAll(key: string, signal: AbortSignal): Promise<boolean> {
    const { queues, handler } = this.parts;
    let since: Instant | null = null;
    let released = 0;
    for (;;) {
      await queues.refresh([key]);
      if (queues.closeIfEmpty(key)) {
        if (since !== null) this.alarmReleased(key, released, since);
        return true;
      }
      for (const message of await queues.next(key)) {
        if (signal.aborted || !(await this.lease.acquire())) return false;
        since ??= sinceOf(message);
        const failure = await handler.attemptOnce(message.event);
        if (failure !== null) {
          await queues.postpone(message, failure.reason, since);
          return false;
        }
        await queues.remove(message);
        released += 1;
      }
    }
  }

  /** False, as after a release that did not pass: a key that others wait for is asked about again. */
  private async dropAll(key: string, ids: ReadonlySet<string>): Promise<boolean> {
    const { queues, group, ports } = this.parts;
    await queues.refresh([key]);
    const dropped = (await queues.next(key)).filter(({ event }) => ids.has(event.id));
    for (const message of dropped) await queues.remove(message);
    await queues.adopt(key);
    if (dropped.length > 0) ports.alarm('parked key dropped', { group, key, messages: dropped.length });
    return queues.closeIfEmpty(key);
  }

  private alarmReleased(key: string, messages: number, since: Instant): void {
    const { group, ports } = this.parts;
    ports.alarm('parked key released', { group, key, messages, parkedForMs: msOf(ports.clock.now()) - msOf(since) });
  }

  /** A lease that cannot be released expires. */
  private async end(): Promise<void> {
    await this.lease.release().catch(() => undefined);
  }
}
