import { foundCity, TOPICS, type OpenedPorts } from '@onedoor/composition';
import { deterministicId } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { WorkerRunner } from '@onedoor/platform';
import { UserError } from '../answer.js';
import { RunningSummary, type LogSummary } from '../log-summary.js';
import { startProduct } from '../open-data.js';
import type { AgreedType } from './agreements-csv.js';
import { cityOf } from './city-of.js';
import { importerOf, RecordImporter, type PlannedRecord } from './importer.js';
import { knownRecords, type KnownRecord } from './known-records.js';
import { planRecords, WINDOW, windowsOf, type PlannedLine } from './plan-records.js';
import { ImportProgress } from './progress.js';
import type { RecordFile } from './record-file.js';
import { ImportReport } from './report.js';
import type { Survey } from './survey.js';

/** A validated file of records, and the other inputs of its import. */
export interface ImportSource extends RecordFile {
  readonly agreed: readonly AgreedType[];
  readonly surveyed: Survey;
  /** The instant of the import where one was asked for; null for that of its first run. */
  readonly until: Instant | null;
}

export interface Imported {
  readonly report: ImportReport;
  readonly summary: LogSummary;
}

/** Founds the city, and brings the log to what the records say. `onProgress` receives the number of records of each window. */
export async function importRecords(open: OpenedPorts, source: ImportSource, onProgress: (records: number) => void): Promise<Imported> {
  const app = await startProduct(open, { open311Keys: [], recordedAt: (event) => event.time });
  try {
    const { mapping, agreed, surveyed } = source;
    const progress = await progressOf(open.ports, source);
    const { until } = progress;
    await progress.begin();
    await open.ports.bus.declare(TOPICS);
    const isFirst = (await open.ports.store.head()) === null;
    await foundCity(app, cityOf(mapping, agreed, surveyed), importerOf(mapping.source), mapping.since);
    // The other contexts receive the city's events before those of the first record, and cases are opened that a killed import left.
    await app.get(WorkerRunner).settle();
    const known = isFirst ? NONE_KNOWN : await knownRecords(open.ports, mapping.source);
    const importer = new RecordImporter(app, mapping.source, until);
    const report = new ImportReport(surveyed, until);
    const summary = new RunningSummary(open.ports);
    const left = new Map(known);
    let window = 0;
    for await (const lines of windowsOf(planRecords(source, known, until))) {
      window += 1;
      const isDone = window <= progress.windowsDone;
      const refused = isDone ? [] : await importer.importWindow(lines.filter(isPlanned));
      report.add(lines, refused, isDone);
      const unapplied = new Set(refused.map(({ of }) => of.line));
      for (const { line, record } of lines.filter(isPlanned)) if (!unapplied.has(line)) left.delete(record.id);
      if (!isDone) await progress.finished(window);
      if (!isDone) await summary.advance();
      onProgress(lines.length);
    }
    await importer.letClocksRunOf([...left.values()]);
    await importer.finish();
    await summary.advance();
    return { report, summary: complete(summary.total()) };
  } finally {
    await app.close();
  }
}

/** The progress of this import, with its instant: the one that was asked for, that of its first run, or now. */
export function progressOf(
  { checkpoints, clock }: Pick<OpenedPorts['ports'], 'checkpoints' | 'clock'>,
  source: ImportSource,
): Promise<ImportProgress> {
  return ImportProgress.load(checkpoints, fingerprintOf(source), source.until ?? clock.now());
}

const NONE_KNOWN: ReadonlyMap<string, KnownRecord> = new Map();

const isPlanned = (line: PlannedLine): line is PlannedLine & PlannedRecord => line.plan.kind !== 'rejected';

function complete(summary: LogSummary): LogSummary {
  const { open, closed } = summary.requests;
  const missing = open + closed - summary.cases;
  if (missing > 0)
    throw new UserError(`${missing} requests have no case: doctor says which messages are parked, and import goes on when run again`);
  return summary;
}

/** Identifies an import by all of its inputs. */
const fingerprintOf = ({ mapping, agreed, surveyed: { fingerprint }, until }: ImportSource): string =>
  deterministicId(fingerprint, JSON.stringify(mapping), JSON.stringify(agreed), String(WINDOW), until ?? '');
