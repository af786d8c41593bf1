import type { PublicEvent } from '@onedoor/contracts';

/** Carries public events between contexts: at least once, in order for each key (the event's subject). */
export interface EventBus {
  /**
   * Makes sure that these topics exist, before anything is published to them: no topic is created by accident. Idempotent.
   * Throws `Unavailable` while the bus cannot do so.
   */
  declare(topics: readonly string[]): Promise<void>;
  /** Resolves when every message is stored. After a failure any part of them may be stored: publish the same ones again. */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /**
   * Hands pages of messages to one handler a group, and moves the group's offset after the handler resolved. When the handler
   * throws, the same page comes again after a pause, so the handler decides what may be skipped, never the bus.
   * Pages that share no key may be handed over concurrently. Resolves once the signal fires and the current page is done; with
   * `untilCaughtUp` also at the tail as it was at the start.
   * A bus that is closed ends every consumption; with `untilCaughtUp` it fails with `Unavailable` where the tail was not reached.
   */
  consume(options: ConsumeOptions): Promise<void>;
  /** What a group has yet to handle of these topics. Throws `Unavailable` while the bus cannot tell. */
  waiting(group: string, topics: readonly string[]): Promise<WaitingMessages>;
}

export interface WaitingMessages {
  /** How many; a bus may stop counting at 1,000. */
  readonly messages: number;
  /** The first of them; null where none waits, or where the bus would have to fetch it. */
  readonly first: PublicEvent | null;
}

export interface BusMessage {
  readonly topic: string;
  readonly event: PublicEvent;
}

export interface ConsumeOptions {
  readonly topics: readonly string[];
  readonly group: string;
  readonly handler: (page: readonly BusMessage[]) => Promise<void>;
  readonly signal: AbortSignal;
  readonly untilCaughtUp?: boolean;
}
