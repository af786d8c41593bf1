import type { Admin } from 'kafkajs';
import kafkajs from 'kafkajs';
import { pause } from '../shared/waits.js';
import type { AdminClient } from './admin-client.js';
import { type KafkaOptions, topicIn } from './options.js';
import { topicSettings, type TopicSettings } from './topic-settings.js';

const LED_WITHIN_MS = 10_000;
const POLL_MS = 50;

/** Makes the topics that are missing, and raises an alarm where one that is there differs from its declaration. It never changes one. */
export class Topics {
  constructor(
    private readonly options: KafkaOptions,
    private readonly adminClient: AdminClient,
  ) {}

  /** Throws `Unavailable` while the cluster cannot make sure. */
  async declare(topics: readonly string[]): Promise<void> {
    const wanted = new Map(topics.map((topic) => [topicIn(this.options, topic), topicSettings(topic, this.options)]));
    await this.adminClient.ask(async (admin) => {
      const existing = new Set(await admin.listTopics());
      for (const [name, settings] of wanted) {
        const isMade = !existing.has(name) && (await make(admin, name, settings));
        if (!isMade) await this.#compare(admin, name, settings);
      }
    });
  }

  async #compare(admin: Admin, topic: string, { partitions, configuration }: TopicSettings): Promise<void> {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const found: Record<string, string> = { partitions: String(topics[0]?.partitions.length ?? 0) };
    const described = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: Object.keys(configuration) }],
    });
    for (const { configName, configValue } of described.resources[0]?.configEntries ?? []) found[configName] = configValue;
    for (const [setting, value] of Object.entries({ partitions: String(partitions), ...configuration })) {
      if (found[setting] !== value)
        this.options.alarm('topic differs from its declaration', { topic, setting, wanted: value, found: found[setting] ?? null });
    }
  }
}

/** False when another process was first. */
async function make(admin: Admin, topic: string, { partitions, replicationFactor, configuration }: TopicSettings): Promise<boolean> {
  const configEntries = Object.entries(configuration).map(([name, value]) => ({ name, value }));
  const isMade = await admin.createTopics({
    topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
    waitForLeaders: false,
  });
  await untilLed(admin, topic);
  return isMade;
}

/** A topic that was just made is known, and led, a moment later. Throws when that takes too long. */
async function untilLed(admin: Admin, topic: string): Promise<void> {
  const late = AbortSignal.timeout(LED_WITHIN_MS);
  while (!late.aborted) {
    // All topics are asked for: by name, one that is not known yet would be an error.
    const { topics } = await admin.fetchTopicMetadata();
    const made = topics.find(({ name }) => name === topic);
    if (made?.partitions.every(({ leader }) => leader >= 0)) return;
    await pause(POLL_MS, late);
  }
  throw new Error(`${topic} has no leader for each of its partitions`);
}
