import type { KafkaOptions } from './options.js';
import { topicSettings } from './topic-settings.js';

const options: KafkaOptions = { brokers: [], clientId: 'test', alarm: () => undefined };
const DAY_MS = 86_400_000;

describe('the settings of a topic', () => {
  it('keep messages for 30 days in 12 partitions of three copies', () => {
    expect(topicSettings('onedoor.intake', options)).toMatchObject({
      partitions: 12,
      replicationFactor: 3,
      configuration: { 'retention.ms': String(30 * DAY_MS), 'min.insync.replicas': '2' },
    });
  });

  it('keep work for 90 days in 3 partitions', () => {
    expect(topicSettings('onedoor.work.parks', options)).toMatchObject({
      partitions: 3,
      configuration: { 'retention.ms': String(90 * DAY_MS) },
    });
  });

  it('ask one broker for one copy', () => {
    expect(topicSettings('onedoor.intake', { ...options, replicationFactor: 1 })).toMatchObject({
      replicationFactor: 1,
      configuration: { 'min.insync.replicas': '1' },
    });
  });
});
