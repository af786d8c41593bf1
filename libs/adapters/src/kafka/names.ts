import type { KafkaOptions } from './options.js';

/** A topic as the cluster names it. */
export const topicIn = ({ topicPrefix = '' }: KafkaOptions, topic: string): string => `${topicPrefix}${topic}`;

/** The group that reads one topic for a group of the product: each topic of a group is a group of its own in Kafka. */
export const groupIdOf = ({ groupPrefix = 'onedoor.' }: KafkaOptions, group: string, topic: string): string =>
  `${groupPrefix}${group}.${topic}`;
