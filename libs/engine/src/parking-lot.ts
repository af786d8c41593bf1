import type { PublicEvent } from '@onedoor/contracts';
import { LIMITS } from '@onedoor/kernel';
import type { Collection, Query, ReadModels } from './ports/read-models.js';

export interface ParkedMessage {
  readonly key: string;
  /** Its place in the key's queue, fixed width. */
  readonly order: string;
  readonly event: PublicEvent;
  readonly reason: string;
}

/** What is known of one parked key without asking. */
interface Queue {
  /** The place of the next message. */
  next: number;
  /** Messages that wait, those being written included. */
  waiting: number;
  /** Messages that are being written by this process just now. */
  writing: number;
  /** Settles when every message that was parked so far is written. */
  written: Promise<unknown>;
}

/** Messages that wait behind a failure of their key, kept with the views: whoever deletes those replays the bus as well. */
export class ParkingLot {
  private readonly queues = new Map<string, Queue>();
  private readonly collection: Collection;
  private isLoaded = false;

  constructor(group: string, private readonly readModels: ReadModels) {
    this.collection = { name: `parked_${group}`, version: 1, indexes: [['key', 'order']] };
  }

  /** Learns once what an earlier process left; from then on this one knows by itself. */
  async load(): Promise<void> {
    if (this.isLoaded) return;
    this.isLoaded = true;
    for await (const page of this.readModels.scan(this.collection)) {
      for (const { body } of page) {
        const { key, order } = body as unknown as ParkedMessage;
        const queue = this.queueOf(key);
        queue.next = Math.max(queue.next, Number(order) + 1);
        queue.waiting += 1;
      }
    }
  }

  /**
   * Learns how these keys stand by now: another process of the group may have parked or released them while their messages were
   * its to handle. What this process parked meanwhile is known better here, and stays as it is.
   */
  async refresh(keys: readonly string[]): Promise<void> {
    const before = new Map(keys.map((key) => [key, this.queues.get(key)?.next]));
    const newest = await this.newestOf(keys);
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

  /** What waits for each of these keys, newest first: some of it where it is much, none where there is none. */
  private async newestOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ParkedMessage[]>> {
    const find = async (where: Query['where'], limit: number): Promise<readonly ParkedMessage[]> => {
      const found = await this.readModels.find(this.collection, { where: where ?? {}, sort: { field: 'order', descending: true }, limit });
      return found.map(({ body }) => body as unknown as ParkedMessage);
    };
    const found = await find({ key: { in: keys } }, LIMITS.pageRows);
    const newest = new Map(Map.groupBy(found, ({ key }) => key));
    // A full page may have left keys out: those are asked for one by one.
    const leftOut = found.length < LIMITS.pageRows ? [] : keys.filter((key) => !newest.has(key));
    for (const key of leftOut) {
      const [last] = await find({ key }, 1);
      if (last !== undefined) newest.set(key, [last]);
    }
    return newest;
  }

  has(key: string): boolean {
    return this.queues.has(key);
  }

  keys(): readonly string[] {
    return [...this.queues.keys()];
  }

  async park(event: PublicEvent, reason: string): Promise<void> {
    const queue = this.queueOf(event.subject);
    // Counted before it is written: from here on nothing of this key may overtake it.
    queue.waiting += 1;
    queue.writing += 1;
    const message: ParkedMessage = { key: event.subject, order: String(queue.next++).padStart(8, '0'), event, reason };
    const written = this.readModels.apply(this.collection, [{ id: idOf(message), position: PARKED, body: { ...message } }]);
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

  /** The next messages of a key, oldest first, at most a page. */
  async waiting(key: string): Promise<readonly ParkedMessage[]> {
    await this.queues.get(key)?.written;
    const found = await this.readModels.find(this.collection, { where: { key }, sort: { field: 'order' }, limit: LIMITS.pageRows });
    return found.map(({ body }) => body as unknown as ParkedMessage);
  }

  async remove(message: ParkedMessage): Promise<void> {
    await this.readModels.apply(this.collection, [{ id: idOf(message), position: RELEASED, body: null }]);
    const queue = this.queues.get(message.key);
    if (queue !== undefined) queue.waiting -= 1;
  }

  /** Lets the key's messages through again, unless one waits. */
  reopen(key: string): boolean {
    if ((this.queues.get(key)?.waiting ?? 0) > 0) return false;
    this.queues.delete(key);
    return true;
  }

  private queueOf(key: string): Queue {
    const known = this.queues.get(key) ?? { next: 0, waiting: 0, writing: 0, written: Promise.resolve() };
    this.queues.set(key, known);
    return known;
  }
}

/** The guard of a parked message and of its tombstone: the second is the newer one. */
const PARKED = '0';
const RELEASED = '1';

const idOf = ({ key, order, event }: ParkedMessage): string => `${key}|${order}|${event.id}`;
