import type { ConnectionOptions } from 'node:tls';
import type { Alarm } from '@onedoor/engine';

export interface KafkaOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Names this process in the brokers' logs. */
  readonly clientId: string;
  readonly alarm: Alarm;
  /** True for the system's certificate authorities, or what `node:tls` takes. */
  readonly tls?: boolean | ConnectionOptions;
  readonly sasl?: KafkaSasl;
  /** Partitions of a topic when it is made. They never change, for keys would move. 12 when absent. */
  readonly partitions?: number;
  /** The same for a department's `onedoor.work.*`. 3 when absent. */
  readonly workPartitions?: number;
  /** Copies of each message. 3 when absent. */
  readonly replicationFactor?: number;
  /** Copies that must be written before a message counts as kept: all but one when absent. */
  readonly minInsyncReplicas?: number;
  /** How long messages stay. 30 days when absent. */
  readonly retentionDays?: number;
  /** The same for `onedoor.work.*`, whose readers may be away for long. 90 days when absent. */
  readonly workRetentionDays?: number;
  /** Silence after which a member counts as dead and its partitions go to others. 10,000 ms when absent. */
  readonly sessionTimeoutMs?: number;
  /** Comes before the name of every topic. Nothing when absent. */
  readonly topicPrefix?: string;
  /** Comes before the name of every group. `onedoor.` when absent. */
  readonly groupPrefix?: string;
}

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** A topic as the cluster names it. */
export const topicIn = ({ topicPrefix = '' }: KafkaOptions, topic: string): string => `${topicPrefix}${topic}`;

/** The group that reads one topic for a group of the product: each topic of a group is a group of its own in Kafka. */
export const groupIdOf = ({ groupPrefix = 'onedoor.' }: KafkaOptions, group: string, topic: string): string =>
  `${groupPrefix}${group}.${topic}`;
