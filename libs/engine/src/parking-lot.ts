import type { PublicEvent } from '@onedoor/contracts';
import { LIMITS } from '@onedoor/kernel';
import type { Collection, ReadModels } from './ports/read-models.js';

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
    const message: ParkedMessage = { key: event.subject, order: String(queue.next++).padStart(8, '0'), event, reason };
    const written = this.readModels.apply(this.collection, [{ id: idOf(message), position: PARKED, body: { ...message } }]);
    queue.written = Promise.allSettled([queue.written, written]);
    await written.catch((error: unknown) => {
      queue.waiting -= 1;
      throw error;
    });
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
    const known = this.queues.get(key) ?? { next: 0, waiting: 0, written: Promise.resolve() };
    this.queues.set(key, known);
    return known;
  }
}

/** The guard of a parked message and of its tombstone: the second is the newer one. */
const PARKED = '0';
const RELEASED = '1';

const idOf = ({ key, order, event }: ParkedMessage): string => `${key}|${order}|${event.id}`;
