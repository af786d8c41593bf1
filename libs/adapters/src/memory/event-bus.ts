import type { BusMessage, ConsumeOptions, EventBus } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { Bell } from '../shared/bell.js';
import { consume, type MessagePage } from '../shared/consume.js';

/** The bus in memory. It keeps every message: a group that comes late starts at the first one. */
export class MemoryEventBus implements EventBus {
  readonly #messages: BusMessage[] = [];
  readonly #offsets = new Map<string, number>();
  readonly #consumed = new Set<string>();
  readonly #bell = new Bell();
  #isClosed = false;

  /** Every topic is there: nothing is kept for one until somebody publishes to it. */
  async declare(_topics: readonly string[]): Promise<void> {}

  async publish(messages: readonly BusMessage[]): Promise<void> {
    for (const message of messages) this.#messages.push(message);
    this.#bell.ring();
  }

  async consume(options: ConsumeOptions): Promise<void> {
    const lanes = options.topics.map((topic) => laneOf(options.group, topic));
    assert(!lanes.some((lane) => this.#consumed.has(lane)), `${options.group} has one handler a topic`);
    for (const lane of lanes) this.#consumed.add(lane);
    try {
      await consume(
        {
          tail: () => this.#messages.length,
          page: (after, limit, isWanted) => this.#page(after, limit, isWanted),
          grown: (signal) => this.#bell.wait(signal),
          isClosed: () => this.#isClosed,
          join: async (group, topics) => topics.map((topic) => this.#offsets.get(laneOf(group, topic)) ?? 0),
          pass: async (group, topics, place) => {
            for (const topic of topics) this.#offsets.set(laneOf(group, topic), place);
          },
        },
        options,
      );
    } finally {
      for (const lane of lanes) this.#consumed.delete(lane);
    }
  }

  /** Ends every consumption once its page in hand is done. */
  close(): void {
    this.#isClosed = true;
    this.#bell.ring();
  }

  #page(after: number, limit: number, isWanted: (place: number, topic: string) => boolean): MessagePage {
    const through = Math.min(this.#messages.length, after + limit);
    const messages = this.#messages.slice(after, through).filter(({ topic }, index) => isWanted(after + 1 + index, topic));
    return { messages, through };
  }
}

const laneOf = (group: string, topic: string): string => `${group} ${topic}`;
