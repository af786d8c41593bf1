import type { PublicEvent } from '@onedoor/contracts';
import { LIMITS } from '@onedoor/kernel';
import { isHead, nextRetryAt, sinceOf, type ParkedMessage, type ParkedMessages } from './parked-messages.js';
import type { Clock } from './ports/clock.js';

/** The state of one parked key, kept in memory. */
interface Queue {
  /** The order number of the next message. */
  next: number;
  /** Messages that wait, those being written included. */
  waiting: number;
  /** Messages that this process is writing at the moment. */
  writing: number;
  /** Settles when every message that was parked so far is written. */
  written: Promise<unknown>;
}

const BEHIND = 'behind an earlier message of its key';

/**
 * The queues of parked messages, one a key: all messages of a key from its first failure on. They are stored with the views; where
 * those are deleted, the bus is replayed as well.
 */
export class ParkedQueues {
  private readonly queues = new Map<string, Queue>();
  private hasAdopted = false;

  constructor(
    private readonly messages: ParkedMessages,
    private readonly clock: Clock,
  ) {}

  /** Schedules a retry for every parked key that has none, because a process ended between two of its messages. Runs once. */
  async adoptOrphans(): Promise<void> {
    if (this.hasAdopted) return;
    const orphans: ParkedMessage[] = [];
    let last: string | null = null;
    for await (const message of this.messages.all()) {
      if (message.key !== last && !isHead(message)) orphans.push(message);
      last = message.key;
    }
    for (const orphan of orphans) await this.scheduleFirstRetry(orphan);
    this.hasAdopted = true;
  }

  /** Schedules a retry for the first message of a key where it has none, because the ones before it were removed. */
  async adopt(key: string): Promise<void> {
    const [oldest] = await this.messages.oldest(key, 1);
    if (oldest !== undefined && !isHead(oldest)) await this.scheduleFirstRetry(oldest);
  }

  /** Lets the first message of a key be retried at once, as if its time had come. */
  async makeDue(key: string): Promise<void> {
    const [oldest] = await this.messages.oldest(key, 1);
    if (oldest === undefined) return;
    const attempts = isHead(oldest) ? oldest.attempts + 1 : 1;
    await this.messages.putHead(oldest, { since: sinceOf(oldest), attempts, nextAt: this.clock.now() });
  }

  /**
   * Reloads the state of these keys: another process of the group may have parked or released them while their messages were
   * assigned to it. A key to which this process has added messages meanwhile keeps its state in memory, which is newer.
   */
  async refresh(keys: readonly string[]): Promise<void> {
    const before = new Map(keys.map((key) => [key, this.queues.get(key)?.next]));
    const newest = await this.messages.newest(keys);
    for (const key of keys) {
      const known = this.queues.get(key);
      if (known?.next !== before.get(key) || (known?.writing ?? 0) > 0) continue;
      const messages = newest.get(key);
      if (messages === undefined) {
        this.queues.delete(key);
        continue;
      }
      const queue = this.queueOf(key);
      queue.next = Math.max(queue.next, ...messages.map(({ order }) => Number(order) + 1));
      queue.waiting = messages.length;
    }
  }

  has(key: string): boolean {
    return this.queues.has(key);
  }

  /** Parks a message that failed: from here on no message of its key may overtake it. */
  async park(event: PublicEvent, reason: string): Promise<void> {
    await this.enqueue(event, reason);
  }

  /** Parks a message whose key is parked. */
  async parkBehind(event: PublicEvent): Promise<void> {
    await this.enqueue(event, BEHIND);
    // Another process may have released all messages before it in the meantime: then it is the first one and needs a retry of its own.
    await this.adopt(event.subject);
  }

  /** The next messages of a key, oldest first, at most a page. */
  async next(key: string): Promise<readonly ParkedMessage[]> {
    await this.queues.get(key)?.written;
    return this.messages.oldest(key, LIMITS.pageRows);
  }

  async remove(message: ParkedMessage): Promise<void> {
    await this.messages.remove(message);
    const queue = this.queues.get(message.key);
    if (queue !== undefined) queue.waiting -= 1;
  }

  /** Schedules the next retry of the first message of a key after a failed one, with a longer delay. */
  async postpone(message: ParkedMessage, reason: string, since: string): Promise<void> {
    const attempts = isHead(message) ? message.attempts + 1 : 1;
    await this.messages.putHead({ ...message, reason }, { since, attempts, nextAt: nextRetryAt(this.clock.now(), attempts) });
  }

  /** Ends the queue of a key, so that its messages are handled again; false while messages wait. */
  closeIfEmpty(key: string): boolean {
    if ((this.queues.get(key)?.waiting ?? 0) > 0) return false;
    this.queues.delete(key);
    return true;
  }

  private async enqueue(event: PublicEvent, reason: string): Promise<void> {
    const queue = this.queueOf(event.subject);
    const isFirst = queue.waiting === 0;
    // Counted before it is written: from here on no message of this key may overtake it.
    queue.waiting += 1;
    queue.writing += 1;
    const message: ParkedMessage = {
      key: event.subject,
      order: String(queue.next++).padStart(8, '0'),
      event,
      reason,
      parkedAt: this.clock.now(),
    };
    const written = isFirst ? this.scheduleFirstRetry(message) : this.messages.put(message);
    queue.written = Promise.allSettled([queue.written, written]);
    try {
      await written;
    } catch (error) {
      queue.waiting -= 1;
      throw error;
    } finally {
      queue.writing -= 1;
    }
  }

  private scheduleFirstRetry(message: ParkedMessage): Promise<void> {
    return this.messages.putHead(message, { since: sinceOf(message), attempts: 0, nextAt: nextRetryAt(this.clock.now(), 0) });
  }

  private queueOf(key: string): Queue {
    const known = this.queues.get(key) ?? { next: 0, waiting: 0, writing: 0, written: Promise.resolve() };
    this.queues.set(key, known);
    return known;
  }
}
