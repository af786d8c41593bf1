import { DAY_MS } from '@onedoor/kernel';
import type { KafkaOptions } from './options.js';

/** How a topic is made. */
export interface TopicSettings {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configuration: Readonly<Record<string, string>>;
}

const WORK = 'onedoor.work.';

/** Work for a department has few messages and patient readers: fewer partitions, kept for longer. */
export function topicSettings(topic: string, options: KafkaOptions): TopicSettings {
  const isWork = topic.startsWith(WORK);
  const { partitions = 12, workPartitions = 3, retentionDays = 30, workRetentionDays = 90, replicationFactor = 3 } = options;
  const { minInsyncReplicas = Math.max(1, replicationFactor - 1) } = options;
  return {
    partitions: isWork ? workPartitions : partitions,
    replicationFactor,
    configuration: {
      // Compaction would keep the last event of a reference only.
      'cleanup.policy': 'delete',
      'retention.ms': String((isWork ? workRetentionDays : retentionDays) * DAY_MS),
      // A segment is removed as a whole: a quiet topic would keep its messages for another week otherwise.
      'segment.ms': String(DAY_MS),
      'min.insync.replicas': String(minInsyncReplicas),
      // Retention counts from the arrival: an import of old years, or a clock that is wrong, neither removes nor keeps anything.
      'message.timestamp.type': 'LogAppendTime',
      'compression.type': 'producer',
    },
  };
}
