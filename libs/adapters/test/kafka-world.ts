import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KafkaData, openKafka } from '../src/kafka/open.js';
import type { KafkaOptions } from '../src/kafka/options.js';
import type { BusMessage } from '@onedoor/engine';
import { KAFKA, type LossyProxy, lossyProxy, type Tamper } from './lossy-proxy.js';

interface AlarmHeard {
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Topics and groups of one test on a real cluster, apart from those of all others. */
export interface KafkaWorld {
  /** Comes before the names of topics and groups. */
  readonly prefix: string;
  readonly brokers: readonly string[];
  readonly alarms: readonly AlarmHeard[];
  /** One process's view of the bus; closed with the world. */
  open(options?: Partial<KafkaOptions>): Promise<KafkaData>;
  close(): Promise<void>;
}

export function kafkaWorld(prefix = `test-${randomUUID()}.`): KafkaWorld {
  const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
  const opened: KafkaData[] = [];
  const alarms: AlarmHeard[] = [];
  return {
    prefix,
    brokers,
    alarms,
    open: async (options = {}) => {
      const data = await openKafka({
        brokers,
        clientId: 'test',
        topicPrefix: prefix,
        groupPrefix: prefix,
        replicationFactor: 1,
        sessionTimeoutMs: 1_500,
        alarm: (message, details) => void alarms.push({ message, details }),
        ...options,
      });
      opened.push(data);
      return data;
    },
    close: async () => void (await Promise.all(opened.map((data) => data.close()))),
  };
}

/**
 * The broker of the tests, through a proxy that tampers with answers. Only where `npm run test:engines` started the broker, which must
 * advertise the proxy's port.
 */
export function lossyBroker(tamper: Tamper): Promise<LossyProxy> {
  const state = join(process.env['ONEDOOR_ENGINES'] ?? '', 'kafka', 'engine.json');
  const { lossyPort, advertisedLossyPort } = JSON.parse(readFileSync(state, 'utf8')) as Readonly<Record<string, number>>;
  return lossyProxy({ wire: KAFKA, serverPort: Number(lossyPort), port: Number(advertisedLossyPort), tamper });
}

/** The message of a number: numbers that are the same modulo `keys` share a key. */
export function numbered(number: number, keys: number, topic = 'city'): BusMessage {
  const id = String(number);
  return {
    topic,
    event: {
      specversion: '1.0',
      id,
      source: '/onedoor/test',
      type: 'gov.onedoor.test.note.taken.v1',
      subject: `key-${number % keys}`,
      time: '2026-03-01T08:00:00.000Z',
      datacontenttype: 'application/json',
      sequence: id.padStart(10, '0'),
      correlationid: id,
      causationid: id,
      jurisdiction: 'city',
      data: { number },
    },
  };
}

/** Numbers by key in the order of their first delivery: repetitions are allowed. */
export function firstCopies(numbers: readonly number[], keys: number): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(Map.groupBy(new Set(numbers), (number) => `key-${number % keys}`));
}

export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

/** Resolves when the condition holds; the test's own time-out bounds it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 25));
}
