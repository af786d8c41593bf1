export { checkpointsContract, type CheckpointsContractOptions, type CheckpointsUnderTest } from './contracts/checkpoints.contract.js';
export { eventBusContract, type EventBusUnderTest } from './contracts/event-bus.contract.js';
export { eventStoreContract } from './contracts/event-store.contract.js';
export { type EventStoreUnderTest, readLog, type ReadLog, sampleEvent, sampleEvents } from './contracts/event-store-under-test.js';
export { mailerContract, type MailerUnderTest, type ReceivedMail } from './contracts/mailer.contract.js';
export type { ReadModelsUnderTest } from './contracts/read-models-find.contract.js';
export { readModelsContract } from './contracts/read-models.contract.js';
export { vaultContract, type VaultUnderTest } from './contracts/vault.contract.js';
export type {
  EventStoreDbCluster,
  EventStoreDbClusterOptions,
  EventStoreDbDouble,
  EventStoreDbDoubleOptions,
} from './doubles/eventstoredb/double.js';
export { type CertificateOptions, makeCertificate, type NodeCertificate } from './doubles/eventstoredb/tls/certificate.js';
export { startEventStoreDbCluster, startEventStoreDbDouble } from './doubles/eventstoredb/start.js';
export { AlarmLog } from './alarm-log.js';
export { DescribedInterface, type GivenAnswer, type OpenApiDocument } from './described-interface.js';
export { frozen, given, givenOf, type Given } from './given.js';
export { firstOfEachType, goldenContract, goldenStream, readGolden, type GoldenEvent } from './golden.js';
export { HastyClock } from './hasty-clock.js';
export { ManualClock } from './manual-clock.js';
export { messagesOf, restore, toRecord, type Recording } from './event-fixtures.js';
export { shortAnswers, type Shares } from './short-answers.js';
export type { MongoDouble, MongoDoubleOptions } from './doubles/mongodb/double.js';
export { startMongoDouble } from './doubles/mongodb/start.js';
export type { SmtpAnswer, SmtpDouble, SmtpScript, SmtpStep } from './doubles/smtp/double.js';
export { startSmtpDouble } from './doubles/smtp/start.js';
export { until } from './until.js';
