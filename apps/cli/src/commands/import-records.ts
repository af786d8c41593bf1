import { SingleBar } from 'cli-progress';
import { systemClock } from '@onedoor/adapters';
import { parseInstant, type Instant } from '@onedoor/kernel';
import { answer, UsageError } from '../answer.js';
import { readAgreements, type AgreedType } from '../import/agreements-csv.js';
import type { Encoding } from '../import/csv-records.js';
import { importRecords, type ImportSource } from '../import/import-records.js';
import { csvFormOf, readMapping, type ImportMapping } from '../import/mapping.js';
import { previewRecords } from '../import/preview-records.js';
import { survey } from '../import/survey.js';
import { openToWrite, type DataOptions } from '../open-data.js';
import { refuseWhileRunning } from '../open-engines.js';
import { readJson, readText, unusable } from '../read-file.js';

interface ImportOptions extends DataOptions {
  readonly agreements?: string;
  readonly encoding?: Encoding;
  readonly until?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `import boston-311 FILE`: the same as `import csv` with the mapping that ships for Boston, or the city's own. */
export const importBoston = (file: string, { city, ...options }: ImportOptions & { readonly city: string }): Promise<void> =>
  importCsv(file, { ...options, mapping: city });

/** `import csv FILE --mapping FILE`: validates the whole file, then brings the log to what its records say. */
export async function importCsv(file: string, options: ImportOptions & { readonly mapping: string }): Promise<void> {
  const started = performance.now();
  const source = await sourceOf(file, options);
  if (options.dryRun) {
    const report = await previewRecords(source, options);
    answer(options.json, { isDryRun: true, ...report.document() }, ['Nothing was written. An import would give:', ...report.lines()]);
    return;
  }
  if (options.profile === 'distributed') await refuseWhileRunning(options.environment);
  const open = await openToWrite(options, source.mapping.jurisdiction);
  const bar = new SingleBar({
    format: 'import [{bar}] {value}/{total} requests, {eta} s left',
    stream: process.stderr,
    noTTYOutput: false,
  });
  if (process.stderr.isTTY) bar.start(source.surveyed.ids, 0);
  try {
    const { report, summary } = await importRecords(open, source, (records) => bar.increment(records));
    bar.stop();
    const seconds = Number(((performance.now() - started) / 1_000).toFixed(3));
    const requestsPerSecond = Math.round(source.surveyed.ids / seconds);
    answer(options.json, { ...report.document(), ...summary, seconds, requestsPerSecond }, [
      ...report.lines(),
      `${summary.cases} cases, ${summary.requests.closed} closed, ${summary.requests.open} open`,
      `${summary.promises} promises, ${summary.breached} breached`,
      `${summary.events} events, digest ${summary.digest}`,
      `${seconds.toFixed(1)} s, ${requestsPerSecond} requests/s`,
    ]);
  } finally {
    bar.stop();
    await open.close();
  }
}

async function sourceOf(
  file: string,
  { mapping: mappingFile, agreements, encoding, until }: ImportOptions & { readonly mapping: string },
): Promise<ImportSource> {
  const mapping = mappingOf(mappingFile);
  const agreed = agreements === undefined ? [] : readAgreed(agreements);
  const form = csvFormOf(mapping, encoding ?? null);
  const instant = until === undefined ? null : instantOfOption(until);
  return { file, mapping, form, agreed, surveyed: await survey({ file, mapping, form }), until: instant };
}

/** Throws `UserError` with all problems where the file is no mapping. */
export function mappingOf(file: string): ImportMapping {
  const mapping = readMapping(readJson(file));
  if ('problems' in mapping) throw unusable(file, mapping.problems);
  return mapping;
}

function readAgreed(file: string): readonly AgreedType[] {
  const { agreed, problems } = readAgreements(readText(file));
  if (problems.length > 0) throw unusable(file, problems);
  return agreed;
}

function instantOfOption(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new UsageError('--until: must be an instant with a zone that exists, such as 2011-12-31T00:00:00-05:00');
  if (instant > systemClock.now()) throw new UsageError('--until: must not lie in the future');
  return instant;
}
