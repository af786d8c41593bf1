import type { Dependency, EventBus } from '@onedoor/engine';
import type { GroupLag } from './event-bus.js';
import type { MemberStatus } from './group-member.js';
import type { KafkaOptions } from './options.js';

/** The bus on Kafka, and what an operator may ask about it. */
export interface KafkaData {
  readonly bus: EventBus;
  /** How the cluster answers, as the questions, sends and fetches of this process find it. */
  readonly dependency: Dependency;
  /** Asks the cluster for an answer; throws `Unavailable` when none comes. */
  check(): Promise<void>;
  /** How each group of this process stands with each of its topics, without asking the cluster. */
  members(): readonly MemberStatus[];
  /** How many messages each group of this process has still to handle in each of its topics. Throws `Unavailable`. */
  lag(): Promise<readonly GroupLag[]>;
  /** Ends every consumption once its current pages are handled, leaves the groups and closes all connections: 5 s at most after that. */
  close(): Promise<void>;
}

/** Nothing is connected before it is needed: a cluster that is away delays what needs it, not the start. */
export async function openKafka(options: KafkaOptions): Promise<KafkaData> {
  // Loaded here, so that a process without Kafka never loads its driver.
  const { KafkaEventBus } = await import('./event-bus.js');
  const bus = new KafkaEventBus(options);
  let closing: Promise<void> | null = null;
  return {
    bus,
    dependency: bus.dependency,
    check: () => bus.check(),
    members: () => bus.members(),
    lag: () => bus.lag(),
    close: () => (closing ??= bus.close()),
  };
}
