import { msOf, type Instant } from '@onedoor/kernel';
import { Lease, type LeasePorts } from './lease.js';
import { sinceOf, type ParkedMessages } from './parked-messages.js';
import type { ParkingLot } from './parking-lot.js';
import type { Alarm } from './ports/alarm.js';
import { isPassing, type Reactor } from './reactor.js';
import { sideBySide } from './side-by-side.js';

export interface ParkedRetriesParts {
  readonly group: string;
  readonly messages: ParkedMessages;
  readonly parking: ParkingLot;
  readonly reactor: Reactor;
  readonly ports: LeasePorts & { readonly alarm: Alarm };
}

/** How often it is looked whether a key is due. */
const PERIOD_MS = 5_000;
/** Keys of one round at most: the rest is due in the next one. */
const KEYS_A_ROUND = 200;
const KEYS_SIDE_BY_SIDE = 16;

/**
 * Tries parked keys again: at growing intervals, each in its order, until it passes. One process of the group does so at a time. What
 * comes in for a key meanwhile, here or in another process, is parked behind, and is taken along before the key is let go.
 */
export class ParkedRetries {
  private readonly lease: Lease;
  /** A key that is being released: a second call for it waits for the same answer. */
  private readonly releasing = new Map<string, Promise<boolean>>();

  constructor(private readonly parts: ParkedRetriesParts) {
    this.lease = new Lease(`parked:${parts.group}`, parts.ports);
  }

  /** Until the signal fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.parts.ports;
    while (!signal.aborted) {
      await clock.wait(PERIOD_MS, signal);
      await this.round(clock.now(), signal);
    }
    await this.end();
  }

  /** One attempt for every key that waits, due or not. */
  async runOnce(signal: AbortSignal): Promise<void> {
    await this.round(null, signal);
    await this.end();
  }

  /** Tries the messages of a key in order; true when all of them went through. False also while another process does so. */
  release(key: string, signal: AbortSignal): Promise<boolean> {
    const releasing = this.releasing.get(key) ?? this.releaseAll(key, signal).finally(() => this.releasing.delete(key));
    this.releasing.set(key, releasing);
    return releasing;
  }

  /** The keys that are due by an instant, or all of them, up to a bound. A dependency that is down ends it; the next round begins anew. */
  private async round(dueBy: Instant | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      const keys = await this.parts.messages.due(dueBy, KEYS_A_ROUND);
      if (keys.length === 0 || !(await this.lease.hold())) return;
      const idle = keys.filter((key) => !this.releasing.has(key));
      await sideBySide(idle, KEYS_SIDE_BY_SIDE, async (key) => void (await this.release(key, signal)));
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }

  private async releaseAll(key: string, signal: AbortSignal): Promise<boolean> {
    const { parking, reactor } = this.parts;
    let since: Instant | null = null;
    let released = 0;
    for (;;) {
      await parking.refresh([key]);
      if (parking.reopen(key)) {
        if (since !== null) this.tell(key, released, since);
        return true;
      }
      for (const message of await parking.waiting(key)) {
        if (signal.aborted || !(await this.lease.hold())) return false;
        since ??= sinceOf(message);
        const failure = await reactor.attemptOnce(message.event);
        if (failure !== null) {
          await parking.postpone(message, failure.reason, since);
          return false;
        }
        await parking.remove(message);
        released += 1;
      }
    }
  }

  private tell(key: string, messages: number, since: Instant): void {
    const { group, ports } = this.parts;
    ports.alarm('parked key released', { group, key, messages, parkedForMs: msOf(ports.clock.now()) - msOf(since) });
  }

  /** A lease that can not be given back runs out by itself. */
  private async end(): Promise<void> {
    await this.lease.giveBack().catch(() => undefined);
  }
}
