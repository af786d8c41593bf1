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

/** Messages that wait behind a failure of their key, kept with the views: whoever deletes those replays the bus as well. */
export class ParkingLot {
  private readonly counts = new Map<string, number>();
  private readonly collection: Collection;

  constructor(group: string, private readonly readModels: ReadModels) {
    this.collection = { name: `parked_${group}`, version: 1, indexes: [['key', 'order']] };
  }

  async load(): Promise<void> {
    this.counts.clear();
    for await (const page of this.readModels.scan(this.collection)) {
      for (const { body } of page) {
        const { key, order } = body as unknown as ParkedMessage;
        this.counts.set(key, Math.max(this.counts.get(key) ?? 0, Number(order) + 1));
      }
    }
  }

  has(key: string): boolean {
    return this.counts.has(key);
  }

  keys(): readonly string[] {
    return [...this.counts.keys()];
  }

  async park(event: PublicEvent, reason: string): Promise<void> {
    const count = this.counts.get(event.subject) ?? 0;
    this.counts.set(event.subject, count + 1);
    const message: ParkedMessage = { key: event.subject, order: String(count).padStart(8, '0'), event, reason };
    await this.readModels.apply(this.collection, [{ id: idOf(message), position: PARKED, body: { ...message } }]);
  }

  /** The next messages of a key, oldest first, at most a page. */
  async waiting(key: string): Promise<readonly ParkedMessage[]> {
    const found = await this.readModels.find(this.collection, { where: { key }, sort: { field: 'order' }, limit: LIMITS.pageRows });
    return found.map(({ body }) => body as unknown as ParkedMessage);
  }

  async remove(message: ParkedMessage): Promise<void> {
    await this.readModels.apply(this.collection, [{ id: idOf(message), position: RELEASED, body: null }]);
  }

  /** Lets the key's messages through again once none waits. */
  async reopen(key: string): Promise<void> {
    if ((await this.waiting(key)).length === 0) this.counts.delete(key);
  }
}

/** The guard of a parked message and of its tombstone: the second is the newer one. */
const PARKED = '0';
const RELEASED = '1';

const idOf = ({ key, order, event }: ParkedMessage): string => `${key}|${order}|${event.id}`;
