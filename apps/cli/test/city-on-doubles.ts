import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryEventBus, openEventStoreDb, openMemory, openMongo } from '@onedoor/adapters';
import { viewsOf, type OpenedPorts } from '@onedoor/composition';
import type { Alarm } from '@onedoor/engine';
import type { Ports } from '@onedoor/platform';
import { ManualClock, type EventStoreDbDouble, type MongoDouble } from '@onedoor/testkit';
import { readAgreements } from '../src/import/agreements-csv.js';
import type { ImportSource } from '../src/import/import-records.js';
import { csvFormOf, type ImportMapping } from '../src/import/mapping.js';
import { survey } from '../src/import/survey.js';
import { AGREEMENTS } from './made-up-records.js';

const CITY = JSON.parse(readFileSync(join(import.meta.dirname, '../../../config/boston-2011.json'), 'utf8')) as ImportMapping;

/** The input of an import from a file of made-up records. */
export async function sourceOf(file: string): Promise<ImportSource> {
  const of = { file, mapping: CITY, form: csvFormOf(CITY) };
  return { ...of, agreed: readAgreements(AGREEMENTS).agreed, surveyed: await survey(of), until: null };
}

/** The ports of a city in memory. */
export const cityInMemory = (alarm: Alarm): OpenedPorts => opened(openMemory(), alarm);

/** The ports of a city on these doubles, through the adapters of the distributed profile, with a new and empty bus. */
export async function cityOnDoubles(eventStoreDb: EventStoreDbDouble, mongo: MongoDouble, alarm: Alarm): Promise<OpenedPorts> {
  const log = await openEventStoreDb({ connectionString: eventStoreDb.connectionString });
  const views = await openMongo({ url: mongo.url });
  const { readModels, checkpoints, vault } = views;
  const close = async (): Promise<void> => {
    await log.close();
    await views.close();
  };
  return opened({ store: log.store, readModels, checkpoints, vault, bus: new MemoryEventBus(), mailer: openMemory().mailer }, alarm, close);
}

/** The body of each document of each view, by collection and id. Positions differ between logs, so they are left out. */
export async function documentsOf({ ports }: OpenedPorts): Promise<ReadonlyMap<string, unknown>> {
  const documents = new Map<string, unknown>();
  for (const collection of viewsOf(ports).flatMap((view) => view.collections)) {
    for await (const page of ports.readModels.scan(collection))
      for (const { id, body } of page) documents.set(`${collection.name} ${id}`, body);
  }
  return documents;
}

function opened(
  kept: Omit<Ports, 'clock' | 'entropy' | 'alarm' | 'dependencies' | 'jurisdiction'>,
  alarm: Alarm,
  close = async (): Promise<void> => undefined,
): OpenedPorts {
  const entropy = { hex: (length: number) => '7'.repeat(length * 2) };
  return {
    ports: {
      ...kept,
      clock: new ManualClock('2026-03-02T12:00:00.000Z'),
      entropy,
      alarm,
      dependencies: [],
      jurisdiction: CITY.jurisdiction,
    },
    incarnation: 'made-up',
    close,
  };
}
