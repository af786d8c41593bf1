import { openEventStoreDb, openKafka, openMailer, openMongo, readEventStoreDbAddress, systemEntropy } from '@onedoor/adapters';
import { Misconfigured, type Alarm, type Clock } from '@onedoor/engine';
import { ANOTHER_LOG, type Config } from '@onedoor/platform';
import { builtFromAnotherLog } from './built-from-another-log.js';
import { kafkaOptionsOf } from './kafka-options.js';
import type { OpenedPorts, Purpose } from './opened-ports.js';

export interface DistributedOptions {
  readonly config: Config;
  readonly client: string;
  readonly alarm: Alarm;
  readonly clock: Clock;
  readonly jurisdiction: string;
  readonly purpose: Purpose;
}

/** The distributed profile: the log in EventStoreDB, the bus on Kafka, everything else in MongoDB. Any number of processes share them. */
export async function openDistributed({ config, client, alarm, clock, jurisdiction, purpose }: DistributedOptions): Promise<OpenedPorts> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.toReversed()) await each.close();
  };
  const keep = <Opened extends { close(): Promise<void> }>(each: Opened): Opened => {
    opened.push(each);
    return each;
  };
  // An address that will never do is refused before anything is waited for.
  readEventStoreDbAddress(config.EVENTSTORE_URL);
  try {
    const mongo = keep(await openMongo({ url: config.MONGO_URL, alarm }));
    const log = keep(
      await openEventStoreDb({ connectionString: config.EVENTSTORE_URL, alarm, access: purpose === 'write' ? 'write' : 'read' }),
    );
    const followed = { store: log.store, readModels: mongo.readModels, checkpoints: mongo.checkpoints, clock, alarm };
    if (purpose !== 'report' && (await builtFromAnotherLog(followed)).length > 0) throw new Misconfigured(ANOTHER_LOG);
    const kafka = keep(await openKafka({ ...kafkaOptionsOf(config, client), alarm }));
    const { mailer } = keep(openMailer({ url: config.SMTP_URL, from: config.ONEDOOR_MAIL_FROM, folder: config.ONEDOOR_DATA }));
    const dependencies = [log, mongo, kafka].map(({ dependency }) => dependency);
    const ports = { ...followed, bus: kafka.bus, vault: mongo.vault, mailer, entropy: systemEntropy, dependencies, jurisdiction };
    return { ports, incarnation: log.incarnation, close };
  } catch (error) {
    await close();
    throw error;
  }
}
