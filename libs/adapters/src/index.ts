export { openMemory, type MemoryData } from './memory/open.js';
export { MemoryEventBus } from './memory/event-bus.js';
export { MemoryOutbox } from './memory/outbox.js';
export { MemoryReadModels } from './memory/read-models.js';
export { openSqlite, type SqliteData, type SqliteOptions } from './sqlite/open.js';
export { type DataFiles, filesOf } from './sqlite/files.js';
export { openForRenewal, type SqliteRenewal } from './sqlite/renew.js';
export { DataFolderInUse, type DataFolderLock, lockDataFolder } from './sqlite/data-folder-lock.js';
export { type FileInspection, inspectSqlite, type SqliteInspection } from './sqlite/inspect.js';
export { addressOf as readEventStoreDbAddress } from './eventstoredb/address.js';
export {
  examineEventStoreDb,
  type EventStoreDbInspection,
  inspectEventStoreDb,
  openEventStoreDb,
  prepareEventStoreDb,
  renewEventStoreDbIncarnation,
} from './eventstoredb/entry.js';
export type { EventStoreDbExamination } from './eventstoredb/examine-log.js';
export type { EventStoreDbLog, EventStoreDbOptions } from './eventstoredb/options.js';
export { inspectKafka, type KafkaInspection } from './kafka/inspect.js';
export type { GroupLag } from './kafka/event-bus.js';
export { type KafkaData, openKafka } from './kafka/open.js';
export type { KafkaOptions, KafkaSasl } from './kafka/options.js';
export type { MemberStatus } from './kafka/group-member.js';
export { inspectMongo, type MongoInspection } from './mongo/inspect.js';
export type { MongoData } from './mongo/database.js';
export { openMongo } from './mongo/open.js';
export type { MongoOptions } from './mongo/options.js';
export { voidMongoViews, type VoidedCollection } from './mongo/void-views.js';
export { OffsetClock, systemClock, systemEntropy } from './system/environment.js';
export { makeFolder } from './shared/make-folder.js';
export { openMailer, type MailerOptions, type OpenMailer } from './mail/open-mailer.js';
export { openOutbox } from './mail/outbox.js';
export { openSmtp, type SmtpLimits, type SmtpMailer, type SmtpOptions } from './mail/smtp.js';
