import { Transform } from 'class-transformer';
import { ArrayNotEmpty, IsBoolean, IsIn, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import { list, onOrOff, whole } from './transforms.js';

export const PROFILES = ['embedded', 'distributed'] as const;
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

const isDistributed = ({ ONEDOOR_PROFILE }: EngineConfig): boolean => ONEDOOR_PROFILE === 'distributed';
const IsNeededWhenDistributed = (): PropertyDecorator => ValidateIf((config: EngineConfig) => isDistributed(config));

/** Settings of the adapters and of the process itself. Addresses of other products go by the variables that are usual for them. */
export class EngineConfig {
  /** `embedded`: one process on SQLite, in ONEDOOR_DATA. `distributed`: EventStoreDB, Kafka and MongoDB, shared by many. */
  @IsIn(PROFILES, { message: `ONEDOOR_PROFILE must be one of ${PROFILES.join(', ')}` })
  ONEDOOR_PROFILE: (typeof PROFILES)[number] = 'embedded';

  /** Connection string of EventStoreDB, with credentials and TLS in its own notation: `esdb://user:password@host:2113?tls=true`. */
  @IsNeededWhenDistributed()
  @Matches(/^esdb(\+discover)?:\/\/.+/, {
    message: 'EVENTSTORE_URL must be a connection string such as esdb://host:2113?tls=false (the distributed profile needs it)',
  })
  EVENTSTORE_URL = '';

  /** The Kafka brokers to connect to first. */
  @IsNeededWhenDistributed()
  @Transform(({ value }) => list(value))
  @ArrayNotEmpty({ message: 'KAFKA_BROKERS must name at least one host:port (the distributed profile needs it)' })
  @Matches(/^[^\s:]+:\d{1,5}$/, { each: true, message: 'KAFKA_BROKERS must be host:port, separated by commas' })
  KAFKA_BROKERS: readonly string[] = [];

  @Transform(({ value }) => onOrOff(value))
  @IsBoolean({ message: 'KAFKA_TLS must be on or off' })
  KAFKA_TLS = false;

  /** How OneDoor authenticates at the brokers; without a user name it does not. */
  @IsIn(['plain', 'scram-sha-256', 'scram-sha-512'], { message: 'KAFKA_SASL_MECHANISM must be one of plain, scram-sha-256, scram-sha-512' })
  KAFKA_SASL_MECHANISM: 'plain' | 'scram-sha-256' | 'scram-sha-512' = 'scram-sha-512';

  KAFKA_USERNAME = '';

  KAFKA_PASSWORD = '';

  /** Copies of each partition, on as many brokers: 3 in production, 1 where there is only one broker. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'KAFKA_REPLICATION must be a whole number' })
  @Min(1, { message: 'KAFKA_REPLICATION must be at least 1' })
  @Max(9, { message: 'KAFKA_REPLICATION must be at most 9' })
  KAFKA_REPLICATION = 3;

  /** After how many milliseconds without a heartbeat the other members of the group take over a consumer's partitions. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'KAFKA_SESSION_TIMEOUT_MS must be a whole number of milliseconds' })
  @Min(1_000, { message: 'KAFKA_SESSION_TIMEOUT_MS must be at least 1000' })
  @Max(300_000, { message: 'KAFKA_SESSION_TIMEOUT_MS must be at most 300000' })
  KAFKA_SESSION_TIMEOUT_MS = 10_000;

  /** Address of MongoDB, with credentials, TLS and database in its own notation. */
  @IsNeededWhenDistributed()
  @Matches(/^mongodb(\+srv)?:\/\/.+/, {
    message: 'MONGO_URL must be an address such as mongodb://host:27017/onedoor (the distributed profile needs it)',
  })
  MONGO_URL = '';

  /** Where mail goes: `smtp://` or `smtps://` with credentials; without it, messages are written to the folder `outbox` in ONEDOOR_DATA. */
  @ValidateIf(({ SMTP_URL }: EngineConfig) => SMTP_URL !== '')
  @Matches(/^smtps?:\/\/.+/, { message: 'SMTP_URL must begin with smtp:// or smtps://' })
  SMTP_URL = '';

  /** The sender's address of messages to residents. */
  @Matches(/^[^\s<>@,;]+@[^\s<>@,;]+$/, { message: 'ONEDOOR_MAIL_FROM must be one address, such as 311@city.example' })
  ONEDOOR_MAIL_FROM = '311@city.example';

  /** The name of this process among several of the same service. */
  @Matches(/^[A-Za-z0-9._-]{0,60}$/, { message: 'ONEDOOR_INSTANCE must be at most 60 letters, digits, dots, dashes and underscores' })
  ONEDOOR_INSTANCE = '';

  /** How much is logged: `info` adds a line for each request. */
  @IsIn(LOG_LEVELS, { message: `ONEDOOR_LOG must be one of ${LOG_LEVELS.join(', ')}` })
  ONEDOOR_LOG: (typeof LOG_LEVELS)[number] = 'warn';

  /** Where traces go, by OTLP over HTTP; without it there are none. */
  @ValidateIf(({ OTEL_EXPORTER_OTLP_ENDPOINT }: EngineConfig) => OTEL_EXPORTER_OTLP_ENDPOINT !== '')
  @Matches(/^https?:\/\/.+/, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must begin with http:// or https://' })
  OTEL_EXPORTER_OTLP_ENDPOINT = '';
}
