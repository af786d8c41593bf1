import { WorkerRunner } from '@onedoor/platform';
import { foundCity, TOPICS, type OpenedPorts } from '@onedoor/composition';
import { deterministicId } from '@onedoor/engine';
import { UserError } from '../answer.js';
import { summarize, type LogSummary } from '../log-summary.js';
import { startProduct } from '../open-data.js';
import type { AgreedType } from './agreements-csv.js';
import { recordsOf } from './boston-file.js';
import type { CityFile } from './city-file.js';
import { cityOf } from './boston-city.js';
import { BostonImporter, IMPORTER } from './importer.js';
import { ImportProgress } from './progress.js';
import type { BostonRecord } from './record.js';
import type { Survey } from './survey.js';

/** A validated file of records, and the other inputs of its import. */
export interface BostonSource {
  readonly file: string;
  readonly city: CityFile;
  readonly agreed: readonly AgreedType[];
  readonly surveyed: Survey;
}

/** Records that are imported concurrently: enough for group commit, few enough to hold in memory. */
const WINDOW = 2_000;

/** Founds the city, and imports the records that are not in the log yet. `onProgress` receives the number of records of each window. */
export async function importRecords(open: OpenedPorts, source: BostonSource, onProgress: (records: number) => void): Promise<LogSummary> {
  const app = await startProduct(open, { open311Keys: [], recordedAt: (event) => event.time });
  try {
    const { file, city, agreed, surveyed } = source;
    await open.ports.bus.declare(TOPICS);
    await foundCity(app, cityOf(city, agreed, surveyed), IMPORTER, city.since);
    // The other contexts receive the city's events before those of the first record.
    await app.get(WorkerRunner).settle();
    const importer = new BostonImporter(app, city);
    const progress = new ImportProgress(open.ports.checkpoints, fingerprintOf(source));
    const done = await progress.windowsDone();
    let window = 0;
    for await (const records of windowsOf(recordsOf(file, city.zone))) {
      window += 1;
      if (window > done) {
        await importer.importWindow(records);
        await progress.finished(window);
      }
      onProgress(records.length);
    }
    await importer.finish();
    return complete(await summarize(open.ports));
  } finally {
    await app.close();
  }
}

function complete(summary: LogSummary): LogSummary {
  const { open, closed } = summary.requests;
  const missing = open + closed - summary.cases;
  if (missing > 0)
    throw new UserError(`${missing} requests have no case: doctor says which messages are parked, and import goes on when run again`);
  return summary;
}

/** Identifies an import by all of its inputs. */
const fingerprintOf = ({ city, agreed, surveyed: { fingerprint } }: BostonSource): string =>
  deterministicId(fingerprint, JSON.stringify(city), JSON.stringify(agreed), String(WINDOW));

async function* windowsOf(records: AsyncIterable<BostonRecord>): AsyncIterable<readonly BostonRecord[]> {
  let window: BostonRecord[] = [];
  for await (const record of records) {
    window.push(record);
    if (window.length < WINDOW) continue;
    yield window;
    window = [];
  }
  if (window.length > 0) yield window;
}
