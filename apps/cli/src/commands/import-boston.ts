import { readFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { foundCity } from '@onedoor/composition';
import { deterministicId } from '@onedoor/engine';
import { answer, UserError } from '../answer.js';
import { readAgreements, type AgreedType } from '../boston/agreements-csv.js';
import { cityFileProblems, type CityFile } from '../boston/city-file.js';
import { cityOf } from '../boston/found-boston.js';
import { BostonImporter, IMPORTER } from '../boston/importer.js';
import type { BostonRecord } from '../boston/record.js';
import { ImportProgress } from '../boston/progress.js';
import { recordsOf, survey, type Survey } from '../boston/survey.js';
import { summarize } from '../log-summary.js';
import { openToWrite, startProduct } from '../open-data.js';

export interface ImportOptions {
  readonly agreements: string;
  readonly city: string;
  readonly data: string;
  readonly json: boolean;
}

/** Records that are lived through side by side: enough for group commit, few enough to hold in memory. */
const WINDOW = 1_000;

/** `import boston-311 FILE`: judges the whole file, then imports what of it is not there yet. */
export async function importBoston(file: string, options: ImportOptions): Promise<void> {
  const started = performance.now();
  const city = readCity(options.city);
  const agreed = readAgreed(options.agreements);
  const surveyed = await survey(file, city.zone);

  const open = await openToWrite(options.data, city.jurisdiction);
  const app = await startProduct(open, { open311Keys: [], recordedAt: (event) => event.time });
  const bar = new SingleBar({ format: 'import [{bar}] {value}/{total} requests, {eta} s left', stream: process.stderr, noTTYOutput: false });
  if (process.stderr.isTTY) bar.start(surveyed.imported, 0);
  try {
    await foundCity(app, cityOf(city, agreed, surveyed), IMPORTER, city.since);
    const importer = new BostonImporter(app, city);
    const progress = new ImportProgress(open.ports.checkpoints, fingerprintOf(city, agreed, surveyed));
    const done = await progress.windowsDone();
    let window = 0;
    for await (const records of windowsOf(recordsOf(file, city.zone))) {
      window += 1;
      if (window > done) {
        await importer.importWindow(records);
        await progress.finished(window);
      }
      bar.increment(records.length);
    }
    await importer.finish();
    const summary = await summarize(open.ports.store);
    const { open: stillOpen, closed } = summary.requests;
    if (summary.cases < stillOpen + closed) {
      throw new UserError(`${stillOpen + closed - summary.cases} requests have no case: doctor says which messages are parked, and import goes on when run again`);
    }
    const seconds = (performance.now() - started) / 1_000;
    const { rows, imported, skipped, rejected } = surveyed;
    const requestsPerSecond = Math.round(imported / seconds);
    bar.stop();
    answer(options.json, { rows, imported, skipped, rejected, ...summary, seconds: Number(seconds.toFixed(3)), requestsPerSecond }, [
      `${rows} rows: ${imported} imported, ${skipped} skipped, ${rejected.length} rejected`,
      ...rejected.map(({ line, reason }) => `  line ${line}: ${reason}`),
      `${summary.cases} cases, ${summary.requests.closed} closed, ${summary.requests.open} open`,
      `${summary.promises} promises, ${summary.breached} breached`,
      `${summary.events} events, digest ${summary.digest}`,
      `${seconds.toFixed(1)} s, ${requestsPerSecond} requests/s`,
    ]);
  } finally {
    bar.stop();
    await app.close();
    await open.close();
  }
}

/** Names what is being imported, from all that decides what comes of it. */
const fingerprintOf = (city: CityFile, agreed: readonly AgreedType[], { fingerprint }: Survey): string =>
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

function readCity(file: string): CityFile {
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file}: is no JSON`);
  }
  const problems = cityFileProblems(value);
  if (problems.length > 0) throw new UserError([`${file} can't be used:`, ...problems].join('\n  '));
  return value as CityFile;
}

function readAgreed(file: string): readonly AgreedType[] {
  const { agreed, problems } = readAgreements(readText(file));
  if (problems.length > 0) throw new UserError([`${file} can't be used:`, ...problems].join('\n  '));
  return agreed;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`${file} can't be read`);
  }
}

