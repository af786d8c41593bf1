import type { ExpectedOfKafka, KafkaInspection } from './inspection.js';
import type { KafkaOptions } from './options.js';

/** Looks at topics and groups without changing or joining any. Never throws: a cluster that is away is what it is there to report. */
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
