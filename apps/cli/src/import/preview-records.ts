import { systemClock } from '@onedoor/adapters';
import { dryRunPorts, foundCity } from '@onedoor/composition';
import { sayAlarm } from '../answer.js';
import { NoData, openToRead, startProduct, type DataOptions, type ReadData } from '../open-data.js';
import { cityOf } from './city-of.js';
import { progressOf, type ImportSource } from './import-records.js';
import { importerOf } from './importer.js';
import { knownRecords, type KnownRecord } from './known-records.js';
import { planRecords, windowsOf } from './plan-records.js';
import { ImportReport } from './report.js';

/**
 * What an import of a file would do, by the same plan: nothing is written, and a process that writes the data may go on. Where there is no
 * data yet, all of it would be new.
 */
export async function previewRecords(source: ImportSource, where: DataOptions): Promise<ImportReport> {
  const data = await openToRead(where).catch((error: unknown) => {
    if (error instanceof NoData) return null;
    throw error;
  });
  try {
    await foundInMemory(source, data);
    const progress = data && (await progressOf({ checkpoints: data.checkpoints, clock: systemClock }, source));
    const until = progress?.until ?? source.until ?? systemClock.now();
    const known = data === null ? new Map<string, KnownRecord>() : await knownRecords(data, source.mapping.source);
    const report = new ImportReport(source.surveyed, until);
    let window = 0;
    for await (const lines of windowsOf(planRecords(source, known, until))) {
      window += 1;
      report.add(lines, [], window <= (progress?.windowsDone ?? 0));
    }
    return report;
  } finally {
    await data?.close();
  }
}

/** Founds the city over the data without writing: the data of another city refuses it here as an import would be refused. */
async function foundInMemory({ mapping, agreed, surveyed }: ImportSource, data: ReadData | null): Promise<void> {
  const app = await startProduct({ ports: dryRunPorts(data?.store ?? null, sayAlarm) }, { open311Keys: [] });
  try {
    await foundCity(app, cityOf(mapping, agreed, surveyed), importerOf(mapping.source), mapping.since);
  } finally {
    await app.close();
  }
}
