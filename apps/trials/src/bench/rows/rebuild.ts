import { openMemory, openSqlite, systemClock, type MemoryData, type SqliteData } from '@onedoor/adapters';
import { CONTEXTS } from '@onedoor/composition';
import { projectionsOf } from '@onedoor/platform';
import { foldFromStart, type EventStore, type ReadModels } from '@onedoor/engine';
import { appendHistories } from '../fixtures/request-histories.js';
import { measurement, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const REQUESTS = 20_000;
const PAGE_EVENTS = 8_192;

/** Events per second from a log into all read models, both on SQLite, then both in memory. Floor: reading the same log alone. */
export async function rebuild(): Promise<readonly Measurement[]> {
  const sqlite = await withTemporaryFolder(async (folder) => {
    const data = await openSqlite(folder);
    const found = await withTemporaryFolder(async (other) => {
      const scratch = await openSqlite(other);
      const figures = await folded(data, scratch.readModels);
      await scratch.close();
      return figures;
    });
    await data.close();
    return found;
  });
  const data = openMemory();
  const memory = await folded(data, openMemory().readModels);
  await data.close();
  return [absolute('events per second into SQLite', sqlite, 50_000), absolute('events per second in memory', memory, 150_000)];
}

interface Figures {
  readonly perSecond: number;
  readonly scannedPerSecond: number;
}

/** The goal applies to the value itself; the floor is what the machine could do at most. */
function absolute(metric: string, { perSecond, scannedPerSecond }: Figures, goal: number): Measurement {
  return { ...measurement('rebuild', metric, perSecond, scannedPerSecond), goal, met: perSecond >= goal };
}

async function folded(data: Pick<SqliteData, 'store'> | Pick<MemoryData, 'store'>, readModels: ReadModels): Promise<Figures> {
  const { store } = data;
  await appendHistories(store, REQUESTS);
  const scannedPerSecond = await scanned(store);
  let read = 0;
  const started = performance.now();
  for (const projection of CONTEXTS.flatMap(projectionsOf)) {
    const built = await foldFromStart(
      projection,
      projection.collection,
      { store, clock: systemClock, alarm: fail },
      readModels,
      new AbortController().signal,
    );
    read += built.read;
  }
  return { perSecond: (read / (performance.now() - started)) * 1_000, scannedPerSecond };
}

async function scanned(store: EventStore): Promise<number> {
  let read = 0;
  const started = performance.now();
  for await (const next of store.subscribe({ after: null, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') break;
    read += next.events.length;
  }
  return (read / (performance.now() - started)) * 1_000;
}

function fail(message: string): never {
  throw new Error(message);
}
