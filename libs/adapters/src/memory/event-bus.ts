import type { BusMessage, ConsumeOptions, EventBus, WaitingMessages } from '@onedoor/engine';
import { Notifier } from '../shared/notifier.js';
import { Consumers, type MessagePage } from '../shared/consume.js';

/** The bus in memory. It keeps every message: a group that comes late starts at the first one. */
export class MemoryEventBus implements EventBus {
  readonly #messages: BusMessage[] = [];
  readonly #offsets = new Map<string, number>();
  readonly #notifier = new Notifier();
  #isClosed = false;
  readonly #consumers = new Consumers({
    tail: () => this.#messages.length,
    page: (after, limit, isWanted) => this.#page(after, limit, isWanted),
    grown: (signal) => this.#notifier.wait(signal),
    isClosed: () => this.#isClosed,
    join: async (group, topics) => topics.map((topic) => this.#offsets.get(offsetKey(group, topic)) ?? 0),
    pass: async (group, topics, place) => {
      for (const topic of topics) this.#offsets.set(offsetKey(group, topic), place);
    },
  });

  /** Every topic exists: one without messages takes no space. */
  async declare(_topics: readonly string[]): Promise<void> {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    for (const message of messages) this.#messages.push(message);
    this.#notifier.notify();
  }

  consume(options: ConsumeOptions): Promise<void> {
    return this.#consumers.consume(options);
  }

  async waiting(group: string, topics: readonly string[]): Promise<WaitingMessages> {
    const isWaiting = (place: number, topic: string): boolean =>
      topics.includes(topic) && place > (this.#offsets.get(offsetKey(group, topic)) ?? 0);
    const waiting = this.#messages.filter(({ topic }, index) => isWaiting(index + 1, topic));
    return { messages: waiting.length, first: waiting[0]?.event ?? null };
  }

  /** Ends every consumption once its current page is handled. */
  close(): void {
    this.#isClosed = true;
    this.#notifier.notify();
  }

  #page(after: number, limit: number, isWanted: (place: number, topic: string) => boolean): MessagePage {
    const through = Math.min(this.#messages.length, after + limit);
    const messages = this.#messages.slice(after, through).filter(({ topic }, index) => isWanted(after + 1 + index, topic));
    return { messages, through };
  }
}

const offsetKey = (group: string, topic: string): string => `${group} ${topic}`;
