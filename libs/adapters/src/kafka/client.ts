import kafkajs, { type Kafka, type logCreator, type SASLOptions } from 'kafkajs';
import type { OutageMonitor } from '../shared/outage-monitor.js';
import type { KafkaOptions } from './options.js';

const CONNECTION_TIMEOUT_MS = 3_000;
/** About five seconds in all: longer waits are made by those who can be asked to stop. */
const RETRY = { retries: 8, initialRetryTime: 100, maxRetryTime: 1_000 };

/** What the parts of one bus share: the options, where the driver's log goes, and how the cluster answers. */
export interface KafkaSetup extends KafkaOptions {
  readonly complaints: logCreator;
  readonly monitor: OutageMonitor;
}

/** One client for each producer, consumer and administrator: connections are never shared, so that none waits for another. */
export function createClient(setup: KafkaSetup, requestTimeoutMs: number): Kafka {
  const { brokers, clientId, tls, sasl, complaints } = setup;
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    ...(tls !== undefined && { ssl: tls }),
    ...(sasl !== undefined && { sasl: sasl as SASLOptions }),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    retry: RETRY,
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: complaints,
  });
}
