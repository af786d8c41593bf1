import type { KafkaOptions } from '@onedoor/adapters';
import type { Config } from '@onedoor/platform';

/** How Kafka is reached, as the settings say; `client` names the process in the brokers' logs. */
export const kafkaOptionsOf = (config: Config, client: string): Omit<KafkaOptions, 'alarm'> => ({
  brokers: config.KAFKA_BROKERS,
  clientId: ['onedoor', client, config.ONEDOOR_INSTANCE].filter((part) => part !== '').join('-'),
  tls: config.KAFKA_TLS,
  replicationFactor: config.KAFKA_REPLICATION,
  sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  ...(config.KAFKA_USERNAME !== '' && {
    sasl: { mechanism: config.KAFKA_SASL_MECHANISM, username: config.KAFKA_USERNAME, password: config.KAFKA_PASSWORD },
  }),
});
