import { OutageMonitor } from '../shared/outage-monitor.js';
import { AdminClient } from './admin-client.js';
import { driverLogTo } from './client.js';
import { groupIdOf, type KafkaOptions, topicIn } from './options.js';
import { waitingIn } from './progress.js';
import { topicSettings } from './topic-settings.js';

export interface TopicInspection {
  readonly topic: string;
  /** Null where there is no such topic. */
  readonly partitions: number | null;
  /** As many as the topic is made with. */
  readonly declared: number;
}

export interface GroupInspection {
  readonly group: string;
  readonly topic: string;
  /** Processes that take part now. */
  readonly members: number;
  /** Messages that the group has still to handle. */
  readonly messages: number;
}

/** Asks a cluster about topics and groups. */
export class Inspector {
  readonly #adminClient: AdminClient;

  constructor(private readonly options: KafkaOptions) {
    this.#adminClient = new AdminClient({
      ...options,
      driverLog: driverLogTo(options.alarm),
      monitor: new OutageMonitor('Kafka', () => undefined),
    });
  }

  topics(names: readonly string[]): Promise<readonly TopicInspection[]> {
    return this.#adminClient.ask(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata();
      const partitions = new Map(topics.map((found) => [found.name, found.partitions.length]));
      return names.map((topic) => ({
        topic,
        partitions: partitions.get(topicIn(this.options, topic)) ?? null,
        declared: topicSettings(topic, this.options).partitions,
      }));
    });
  }

  async group(group: string, topic: string): Promise<GroupInspection> {
    const [groupId, kafkaTopic] = [groupIdOf(this.options, group, topic), topicIn(this.options, topic)];
    const [ends, committed, described] = await Promise.all([
      this.#adminClient.ends(kafkaTopic),
      this.#adminClient.committed(groupId, kafkaTopic),
      this.#adminClient.ask((admin) => admin.describeGroups([groupId])),
    ]);
    return { group, topic, members: described.groups[0]?.members.length ?? 0, messages: waitingIn(ends, committed) };
  }

  close(): Promise<void> {
    return this.#adminClient.close();
  }
}
