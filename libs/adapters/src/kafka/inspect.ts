import type { GroupInspection, TopicInspection } from './inspector.js';
import type { KafkaOptions } from './options.js';

/** What a cluster looks like from outside, for `onedoor doctor`. */
export interface KafkaInspection {
  /** Why the cluster could not be asked; null when it answered. */
  readonly error: string | null;
  readonly topics: readonly TopicInspection[];
  readonly groups: readonly GroupInspection[];
}

/** Which topics should be there, and which of them each group follows. */
interface ExpectedOfKafka {
  readonly topics: readonly string[];
  readonly groups: readonly { readonly group: string; readonly topics: readonly string[] }[];
}

/** Looks at topics and groups without changing or joining any. Never throws: that a cluster is away is part of the report. */
export async function inspectKafka(options: KafkaOptions, expected: ExpectedOfKafka): Promise<KafkaInspection> {
  // Loaded here, so that a process without Kafka never loads its driver.
  const { Inspector } = await import('./inspector.js');
  const inspector = new Inspector(options);
  try {
    const topics = await inspector.topics(expected.topics);
    const there = new Set(topics.filter(({ partitions }) => partitions !== null).map(({ topic }) => topic));
    const followed = expected.groups.flatMap(({ group, topics: names }) =>
      names.filter((topic) => there.has(topic)).map((topic) => ({ group, topic })),
    );
    return { error: null, topics, groups: await Promise.all(followed.map(({ group, topic }) => inspector.group(group, topic))) };
  } catch (error) {
    return { error: (error as Error).message, topics: [], groups: [] };
  } finally {
    await inspector.close();
  }
}
