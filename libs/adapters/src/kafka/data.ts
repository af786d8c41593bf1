import type { Dependency, EventBus } from '@onedoor/engine';
import type { MemberStatus } from './group-member.js';

/** The bus on Kafka, and what an operator may ask about it. */
export interface KafkaData {
  readonly bus: EventBus;
  /** How the cluster answers, as the questions, sends and fetches of this process find it. */
  readonly dependency: Dependency;
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
