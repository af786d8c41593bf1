import type { PublicEvent } from '@onedoor/contracts';
import { instantOf, LIMITS, msOf, type Instant } from '@onedoor/kernel';
import type { Position } from './ports/event-store.js';
import type { Collection, DocumentBody, Query, ReadModels } from './ports/read-models.js';

/** A parked message, as it is stored. */
export interface ParkedMessage {
  readonly key: string;
  /** Its place in the key's queue, as a number of fixed width. */
  readonly order: string;
  readonly event: PublicEvent;
  /** Why it failed: bounded, and without personal data. */
  readonly reason: string;
  /** Absent in messages that an older release parked. */
  readonly parkedAt?: Instant;
}

/** The first message of its key: it is retried, and the others wait behind it. */
interface ParkedHead extends ParkedMessage, RetryState {}

interface RetryState {
  /** Since when messages of this key have been parked without a break. */
  readonly since: Instant;
  /** Failed retries so far. */
  readonly attempts: number;
  readonly nextAt: Instant;
}

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 600_000;

/** When a message is next retried after so many failed retries: after 5 s, then twice as long each time, up to ten minutes. */
export const nextRetryAt = (now: Instant, attempts: number): Instant =>
  instantOf(msOf(now) + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));

/** Since when its key has been parked, as far as it is known. */
export const sinceOf = (message: ParkedMessage | ParkedHead): Instant =>
  'since' in message ? message.since : (message.parkedAt ?? message.event.time);

export const isHead = (message: ParkedMessage | ParkedHead): message is ParkedHead => 'nextAt' in message;

/**
 * The parked messages of one group, stored with the views. The state of a key's retries is stored with its first message, so that a
 * restart neither forgets the key nor retries it too often. A document moves one way only, from parked through its retries to
 * released: late and repeated writes change nothing.
 */
export class ParkedMessages {
  private readonly collection: Collection;

  constructor(
    group: string,
    private readonly readModels: ReadModels,
  ) {
    this.collection = { name: `parked_${group}`, version: 1, indexes: [['key', 'order'], ['nextAt'], ['since']] };
  }

  /** Stores a message behind the first one of its key. */
  put(message: ParkedMessage): Promise<void> {
    return this.write(message, PARKED, { ...message });
  }

  /** Stores a message as the first one of its key. */
  putHead(message: ParkedMessage, retry: RetryState): Promise<void> {
    return this.write(message, positionOfRetry(retry.attempts), { ...message, ...retry });
  }

  remove(message: ParkedMessage): Promise<void> {
    return this.write(message, RELEASED, null);
  }

  /** The oldest messages of a key, oldest first. */
  oldest(key: string, limit: number = LIMITS.pageRows): Promise<readonly (ParkedMessage | ParkedHead)[]> {
    return this.find({ where: { key }, sort: { field: 'order' }, limit });
  }

  /** The newest parked messages of each of these keys, newest first: at least one of every parked key, a page of them at most in sum. */
  async newest(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ParkedMessage[]>> {
    const find = (key: string | { readonly in: readonly string[] }, limit: number): Promise<readonly ParkedMessage[]> =>
      this.find({ where: { key }, sort: { field: 'order', descending: true }, limit });
    const found = await find({ in: keys }, LIMITS.pageRows);
    const newest = new Map(Map.groupBy(found, ({ key }) => key));
    // A full page may have left keys out: those are queried one by one.
    const leftOut = found.length < LIMITS.pageRows ? [] : keys.filter((key) => !newest.has(key));
    for (const key of leftOut) {
      const [last] = await find(key, 1);
      if (last !== undefined) newest.set(key, [last]);
    }
    return newest;
  }

  /** The keys whose retry is due by an instant (null: all keys), longest due first. */
  async due(by: Instant | null, limit: number): Promise<readonly string[]> {
    const heads = await this.find({ ...(by !== null && { where: { nextAt: { to: by } } }), sort: { field: 'nextAt' }, limit });
    return [...new Set(heads.map(({ key }) => key))];
  }

  /** The first messages of the keys parked longest, a page of them at most, behind one of them. */
  async heads(
    after: { readonly since: Instant; readonly key: string } | null = null,
    limit: number = LIMITS.pageRows,
  ): Promise<readonly ParkedHead[]> {
    // Behind every message of that key: its ids go on with a character below this one.
    const behind = after && { value: after.since, id: `${after.key}}` };
    return (await this.find({ sort: { field: 'since' }, ...(behind && { after: behind }), limit })).filter(isHead);
  }

  /** All parked messages: those of a key one after another, in order. */
  async *all(): AsyncIterable<ParkedMessage | ParkedHead> {
    for await (const page of this.readModels.scan(this.collection)) for (const { body } of page) yield messageOf(body);
  }

  private async find(query: Query): Promise<readonly (ParkedMessage | ParkedHead)[]> {
    return (await this.readModels.find(this.collection, query)).map(({ body }) => messageOf(body));
  }

  private write(message: ParkedMessage, position: Position, body: DocumentBody | null): Promise<void> {
    return this.readModels.apply(this.collection, [{ id: idOf(message), position, body }]);
  }
}

/** The positions that guard a document, in the order of its states. */
const PARKED = '0';
const positionOfRetry = (attempts: number): Position => `0.${String(attempts).padStart(8, '0')}`;
const RELEASED = '1';

/** Ids that sort the messages of a key together, oldest first. */
const idOf = ({ key, order, event }: ParkedMessage): string => `${key}|${order}|${event.id}`;

const messageOf = (body: DocumentBody): ParkedMessage | ParkedHead => body as unknown as ParkedMessage | ParkedHead;
