import type { Alarm } from '@onedoor/engine';
import kafkajs, { type Kafka, type logCreator, type SASLOptions } from 'kafkajs';
import type { OutageMonitor } from '../shared/outage-monitor.js';
import type { KafkaOptions } from './options.js';

const CONNECTION_TIMEOUT_MS = 3_000;
/** About five seconds in all: the callers repeat for longer, because they can be stopped. */
const RETRY = { retries: 8, initialRetryTime: 100, maxRetryTime: 1_000 };

/** What the parts of one bus share: the options, where the driver's log goes, and the monitor of the cluster. */
export interface KafkaSetup extends KafkaOptions {
  readonly driverLog: logCreator;
  readonly monitor: OutageMonitor;
}

/** One client for each producer, consumer and admin client: connections are never shared, so that none waits for another. */
export function createClient(setup: KafkaSetup, requestTimeoutMs: number): Kafka {
  const { brokers, clientId, tls, sasl, driverLog } = setup;
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    ...(tls !== undefined && { ssl: tls }),
    ...(sasl !== undefined && { sasl: sasl as SASLOptions }),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    retry: RETRY,
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: driverLog,
  });
}

const SAME_ERROR_AFTER_MS = 60_000;
const ERRORS_REMEMBERED = 100;

/** Raises an alarm for each error that the driver logs: for the same error once a minute, since an outage logs many. */
export function driverLogTo(alarm: Alarm): logCreator {
  const lastAlarms = new Map<string, number>();
  return () =>
    ({ namespace, log }) => {
      const reason = [log.message, log['error']].filter((part) => typeof part === 'string').join(': ');
      // Every join and leave of a member is logged as an error by the driver.
      if (/rebalanc/i.test(reason)) return;
      const last = lastAlarms.get(reason);
      const now = performance.now();
      if (last !== undefined && now - last < SAME_ERROR_AFTER_MS) return;
      if (lastAlarms.size >= ERRORS_REMEMBERED) lastAlarms.clear();
      lastAlarms.set(reason, now);
      alarm('kafka complains', { part: namespace, reason });
    };
}
