import { type BusMessage, type ConsumeOptions, type EventBus, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { Bell } from '../../shared/bell.js';
import { consume, type MessagePage } from '../../shared/consume.js';
import { TailRing } from '../../shared/tail-ring.js';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import type { ViewsJobs, ViewsOpened } from './views-jobs.js';

/** Messages kept in memory for those who follow: fewer than the file keeps, so that memory never knows more than it. */
const RECENT_MESSAGES = 8_192;

/**
 * The bus in `views.db`. Messages stand in one order over all topics; a group's offset stands for each topic, so that a topic
 * it takes up later is handed to it from the beginning.
 *
 * A new group starts at the oldest message that is kept. Messages go once every registered group has passed them, but the
 * last 10,000 always stay. A group is registered when it first consumes: one that shall miss nothing consumes before
 * anything is published, and one that will never come back is to be forgotten.
 */
export class SqliteEventBus implements EventBus {
  #tail: number;
  #isClosed = false;
  readonly #ring: TailRing<BusMessage>;
  readonly #bell = new Bell();
  readonly #consumed = new Set<string>();

  constructor(
    private readonly connection: ReadConnection | null,
    private readonly writer: Writer<ViewsJobs> | null,
    opened: ViewsOpened,
  ) {
    this.#tail = opened.tail;
    this.#ring = new TailRing(opened.tail, RECENT_MESSAGES);
  }

  /** Every topic is there: nothing is kept for one until somebody publishes to it. */
  async declare(_topics: readonly string[]): Promise<void> {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = messages.map((message) => ({ message, event: JSON.stringify(message.event) }));
    const characters = rows.reduce((sum, { event }) => sum + event.length, 0);
    const ask = rows.map(({ message, event }) => [message.topic, event] as const);
    await this.#writer().ask('publish', ask, characters, () => {
      for (const { message, event } of rows) this.#ring.push(++this.#tail, message, event.length);
      this.#bell.ring();
    });
  }

  async consume(options: ConsumeOptions): Promise<void> {
    const writer = this.#writer();
    const lanes = options.topics.map((topic) => `${options.group} ${topic}`);
    assert(!lanes.some((lane) => this.#consumed.has(lane)), `${options.group} has one handler a topic`);
    for (const lane of lanes) this.#consumed.add(lane);
    try {
      await consume(
        {
          tail: () => this.#tail,
          page: (after, limit, isWanted) => this.#page(after, limit, isWanted),
          grown: (signal) => this.#bell.wait(signal),
          isClosed: () => this.#isClosed,
          join: (group, topics) => writer.ask('join', { group, topics }, 0, (places) => places),
          pass: (group, topics, place) => writer.ask('pass', { group, topics, place }, 0, () => undefined),
        },
        options,
      );
    } finally {
      for (const lane of lanes) this.#consumed.delete(lane);
    }
  }

  /** Lets go of a group for good: it holds no message any longer, and would start as a new one. */
  async forget(group: string): Promise<void> {
    await this.#writer().ask('forget', group, 0, () => undefined);
  }

  /** Ends every consumption once its page in hand is done. */
  close(): void {
    this.#isClosed = true;
    this.#bell.ring();
  }

  #page(after: number, limit: number, isWanted: (place: number, topic: string) => boolean): MessagePage {
    const messages: BusMessage[] = [];
    if (this.#ring.has(after + 1)) {
      const through = Math.min(this.#tail, after + limit);
      for (let place = after + 1; place <= through; place++) {
        const message = this.#ring.at(place);
        if (isWanted(place, message.topic)) messages.push(message);
      }
      return { messages, through };
    }
    const rows = this.connection?.rows('SELECT seq, topic, event FROM messages WHERE seq > ? ORDER BY seq LIMIT ?', after, limit) ?? [];
    for (const [place, topic, event] of rows as readonly (readonly [number, string, string])[]) {
      if (isWanted(place, topic)) messages.push({ topic, event: JSON.parse(event) as BusMessage['event'] });
    }
    return { messages, through: Number(rows.at(-1)?.[0] ?? this.#tail) };
  }

  #writer(): Writer<ViewsJobs> {
    if (!this.writer) throw new Unavailable('The bus is open for reading only');
    return this.writer;
  }
}
