import { SingleBar } from 'cli-progress';
import { answer } from '../answer.js';
import { readAgreements, type AgreedType } from '../boston/agreements-csv.js';
import { cityFileProblems, type CityFile } from '../boston/city-file.js';
import { importRecords } from '../boston/import-records.js';
import { survey, type Survey } from '../boston/survey.js';
import type { LogSummary } from '../log-summary.js';
import { openToWrite, type DataOptions } from '../open-data.js';
import { refuseWhileRunning } from '../open-engines.js';
import { readJson, readText, unusable } from '../read-file.js';

interface ImportOptions extends DataOptions {
  readonly agreements: string;
  readonly city: string;
  readonly json: boolean;
}

/** `import boston-311 FILE`: validates the whole file, then imports the records that are not in the log yet. */
export async function importBoston(file: string, options: ImportOptions): Promise<void> {
  const started = performance.now();
  const city = readCity(options.city);
  const agreed = readAgreed(options.agreements);
  const surveyed = await survey(file, city.zone);

  if (options.profile === 'distributed') await refuseWhileRunning(options.environment);
  const open = await openToWrite(options, city.jurisdiction);
  const bar = new SingleBar({
    format: 'import [{bar}] {value}/{total} requests, {eta} s left',
    stream: process.stderr,
    noTTYOutput: false,
  });
  if (process.stderr.isTTY) bar.start(surveyed.imported, 0);
  try {
    const summary = await importRecords(open, { file, city, agreed, surveyed }, (records) => bar.increment(records));
    bar.stop();
    report(surveyed, summary, (performance.now() - started) / 1_000, options.json);
  } finally {
    bar.stop();
    await open.close();
  }
}

function report({ rows, imported, skipped, rejected }: Survey, summary: LogSummary, seconds: number, json: boolean): void {
  const requestsPerSecond = Math.round(imported / seconds);
  answer(json, { rows, imported, skipped, rejected, ...summary, seconds: Number(seconds.toFixed(3)), requestsPerSecond }, [
    `${rows} rows: ${imported} imported, ${skipped} skipped, ${rejected.length} rejected`,
    ...rejected.map(({ line, reason }) => `  line ${line}: ${reason}`),
    `${summary.cases} cases, ${summary.requests.closed} closed, ${summary.requests.open} open`,
    `${summary.promises} promises, ${summary.breached} breached`,
    `${summary.events} events, digest ${summary.digest}`,
    `${seconds.toFixed(1)} s, ${requestsPerSecond} requests/s`,
  ]);
}

function readCity(file: string): CityFile {
  const value = readJson(file);
  const problems = cityFileProblems(value);
  if (problems.length > 0) throw unusable(file, problems);
  return value as CityFile;
}

function readAgreed(file: string): readonly AgreedType[] {
  const { agreed, problems } = readAgreements(readText(file));
  if (problems.length > 0) throw unusable(file, problems);
  return agreed;
}
