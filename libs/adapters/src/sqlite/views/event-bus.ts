import { type BusMessage, type ConsumeOptions, type EventBus, Unavailable, type WaitingMessages } from '@onedoor/engine';
import { Notifier } from '../../shared/notifier.js';
import { Consumers, type MessagePage } from '../../shared/consume.js';
import { RingBuffer } from '../../shared/ring-buffer.js';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import { altered, isWhole, messageCrc } from './view-rows.js';
import type { ViewsJobs, ViewsOpened } from './views-jobs.js';

/** Messages kept in memory for consumers near the tail: fewer than the file keeps, so that memory never holds more than it. */
const RECENT_MESSAGES = 8_192;
/** Waiting messages are counted up to this number. */
const COUNTED_MOST = 1_000;
/** The places of a group's waiting messages. Only what is behind its slowest topic is looked at. */
const WAITING = `
  WITH wanted AS (
    SELECT value AS topic, coalesce((SELECT seq FROM offsets WHERE "group" = ?1 AND topic = value), 0) AS passed FROM json_each(?2))
  SELECT seq FROM messages JOIN wanted USING (topic)
  WHERE seq > (SELECT min(passed) FROM wanted) AND seq > passed ORDER BY seq LIMIT ?3`;

/**
 * The bus in `views.db`. Messages have one order over all topics; a group has an offset for each topic, so that a topic that it
 * subscribes to later is delivered from the beginning.
 *
 * A new group starts at the oldest message that is kept. Messages are removed once every registered group has passed them, but
 * the last 10,000 always stay. A group is registered when it first consumes: one that must miss nothing consumes before
 * anything is published, and one that will never come back is removed by `forget`.
 */
export class SqliteEventBus implements EventBus {
  #tail: number;
  #isClosed = false;
  readonly #recent: RingBuffer<BusMessage>;
  readonly #notifier = new Notifier();
  readonly #consumers = new Consumers({
    tail: () => this.#tail,
    page: (after, limit, isWanted) => this.#page(after, limit, isWanted),
    grown: (signal) => this.#notifier.wait(signal),
    isClosed: () => this.#isClosed,
    join: (group, topics) => this.#writer().ask('join', { group, topics }, 0, (places) => places),
    pass: (group, topics, place) => this.#writer().ask('pass', { group, topics, place }, 0, () => undefined),
  });

  constructor(
    private readonly connection: ReadConnection | null,
    private readonly writer: Writer<ViewsJobs> | null,
    opened: ViewsOpened,
  ) {
    this.#tail = opened.tail;
    this.#recent = new RingBuffer(opened.tail, RECENT_MESSAGES);
  }

  /** Every topic exists: one without messages takes no space. */
  async declare(_topics: readonly string[]): Promise<void> {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const rows = messages.map((message) => ({ message, event: JSON.stringify(message.event) }));
    const characters = rows.reduce((sum, { event }) => sum + event.length, 0);
    const ask = rows.map(({ message, event }) => [message.topic, event] as const);
    await this.#writer().ask('publish', ask, characters, () => {
      for (const { message, event } of rows) this.#recent.push(++this.#tail, message, event.length);
      this.#notifier.notify();
    });
  }

  async consume(options: ConsumeOptions): Promise<void> {
    await this.#consumers.consume(options);
  }

  async waiting(group: string, topics: readonly string[]): Promise<WaitingMessages> {
    const rows = this.connection?.rows(WAITING, group, JSON.stringify(topics), COUNTED_MOST) ?? [];
    const first = rows.at(0)?.[0];
    const event = first === undefined ? null : this.connection?.row('SELECT event FROM messages WHERE seq = ?', first)?.[0];
    return { messages: rows.length, first: typeof event === 'string' ? (JSON.parse(event) as BusMessage['event']) : null };
  }

  /** Removes a group for good: no message is kept for it any longer, and it would start as a new one. */
  async forget(group: string): Promise<void> {
    await this.#writer().ask('forget', group, 0, () => undefined);
  }

  /** Ends every consumption once its current page is handled. */
  close(): void {
    this.#isClosed = true;
    this.#notifier.notify();
  }

  #page(after: number, limit: number, isWanted: (place: number, topic: string) => boolean): MessagePage {
    const messages: BusMessage[] = [];
    if (this.#recent.has(after + 1)) {
      const through = Math.min(this.#tail, after + limit);
      for (let place = after + 1; place <= through; place++) {
        const message = this.#recent.at(place);
        if (isWanted(place, message.topic)) messages.push(message);
      }
      return { messages, through };
    }
    const rows =
      this.connection?.rows('SELECT seq, topic, event, crc FROM messages WHERE seq > ? ORDER BY seq LIMIT ?', after, limit) ?? [];
    for (const [place, topic, event, crc] of rows as readonly (readonly [number, string, string, number | null])[]) {
      if (!isWhole(crc, messageCrc(topic, event))) throw altered(`message ${place}`);
      if (isWanted(place, topic)) messages.push({ topic, event: JSON.parse(event) as BusMessage['event'] });
    }
    return { messages, through: Number(rows.at(-1)?.[0] ?? this.#tail) };
  }

  #writer(): Writer<ViewsJobs> {
    if (!this.writer) throw new Unavailable('The bus is open for reading only');
    return this.writer;
  }
}
