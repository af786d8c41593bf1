import {
  inspectEventStoreDb,
  inspectKafka,
  inspectMongo,
  type EventStoreDbInspection,
  type KafkaInspection,
  type MongoInspection,
} from '@onedoor/adapters';
import { INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import type { Collection } from '@onedoor/engine';
import type { Config } from '@onedoor/platform';
import { kafkaOptionsOf } from './kafka-options.js';

/** The three engines of the distributed profile as they look from outside, for whoever must know before opening them. */
export interface EnginesInspection {
  readonly eventStoreDb: EventStoreDbInspection;
  readonly kafka: KafkaInspection;
  readonly mongo: MongoInspection;
}

/** Who follows what: the topics of each context's consumer. */
const GROUPS = [
  { group: 'intake', topics: [ROUTING_TOPIC] },
  { group: 'routing', topics: [INTAKE_TOPIC] },
  { group: 'notifications', topics: [INTAKE_TOPIC] },
  { group: 'analytics', topics: [INTAKE_TOPIC, ROUTING_TOPIC] },
] as const;

/** The contexts whose consumers may have parked messages. */
export const CONSUMERS: readonly string[] = GROUPS.map(({ group }) => group);

/** Looks at the engines that the settings name, without changing them. Never throws. */
export async function inspectEngines(
  config: Config,
  expected: { readonly topics: readonly string[]; readonly collections: readonly Collection[] },
): Promise<EnginesInspection> {
  const [eventStoreDb, kafka, mongo] = await Promise.all([
    inspectEventStoreDb({ connectionString: config.EVENTSTORE_URL }),
    inspectKafka({ ...kafkaOptionsOf(config, 'inspection'), alarm: () => undefined }, { topics: expected.topics, groups: GROUPS }),
    inspectMongo({ url: config.MONGO_URL }, expected.collections),
  ]);
  return { eventStoreDb, kafka, mongo };
}
