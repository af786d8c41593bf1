import type { EventBus } from '@onedoor/engine';
import type { MemberStatus } from './group-member.js';
import type { KafkaOptions } from './options.js';

/** The bus on Kafka, and what an operator may ask about it. */
export interface KafkaData {
  readonly bus: EventBus;
  /** Asks the cluster for an answer; throws `Unavailable` when none comes. */
  check(): Promise<void>;
  /** How each group of this process stands with each of its topics, without asking the cluster. */
  members(): readonly MemberStatus[];
  /** Messages of this process's groups and topics that nobody has handled yet. Throws `Unavailable`. */
  lag(): Promise<readonly GroupLag[]>;
  /** Ends every consumption once its pages in hand are done, leaves the groups and lets go of all connections: 5 s at most after that. */
  close(): Promise<void>;
}

export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly messages: number;
}

/** Nothing is connected before it is needed: a cluster that is away delays what needs it, not the start. */
export async function openKafka(options: KafkaOptions): Promise<KafkaData> {
  // Loaded here, so that a process without Kafka never loads its driver.
  const { KafkaEventBus } = await import('./event-bus.js');
  const bus = new KafkaEventBus(options);
  let closing: Promise<void> | null = null;
  return {
    bus,
    check: () => bus.check(),
    members: () => bus.members(),
    lag: () => bus.lag(),
    close: () => (closing ??= bus.close()),
  };
}
