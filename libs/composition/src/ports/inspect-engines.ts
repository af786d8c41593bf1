import {
  inspectEventStoreDb,
  inspectKafka,
  inspectMongo,
  type EventStoreDbInspection,
  type KafkaInspection,
  type MongoInspection,
} from '@onedoor/adapters';
import type { Collection } from '@onedoor/engine';
import type { Config, Context } from '@onedoor/platform';
import { CONTEXTS, groupsOf } from '../contexts.js';
import { kafkaOptionsOf } from './kafka-options.js';

/** The three engines of the distributed profile as they look from outside, before they are opened. */
export interface EnginesInspection {
  readonly eventStoreDb: EventStoreDbInspection;
  readonly kafka: KafkaInspection;
  readonly mongo: MongoInspection;
}

/** Looks at the engines that the settings name, and at the groups of these contexts, without changing them. Never throws. */
export async function inspectEngines(
  config: Config,
  expected: { readonly topics: readonly string[]; readonly collections: readonly Collection[] },
  contexts: readonly Context[] = CONTEXTS,
): Promise<EnginesInspection> {
  const [eventStoreDb, kafka, mongo] = await Promise.all([
    inspectEventStoreDb({ connectionString: config.EVENTSTORE_URL }),
    inspectKafka(
      { ...kafkaOptionsOf(config, 'inspection'), alarm: () => undefined },
      { topics: expected.topics, groups: groupsOf(contexts) },
    ),
    inspectMongo({ url: config.MONGO_URL }, expected.collections),
  ]);
  return { eventStoreDb, kafka, mongo };
}
