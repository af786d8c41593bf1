import { openMemory, openSqlite } from '@onedoor/adapters';
import { PROJECTIONS } from '@onedoor/composition';
import { foldFromStart, type EventStore, type ReadModels } from '@onedoor/engine';
import { liveThrough } from '../fixtures/lived-city.js';
import { measurement, type Measurement } from '../measurement.js';
import { withScratch } from '../scratch.js';

const REQUESTS = 20_000;
const PAGE_EVENTS = 8_192;

/** Events a second from the log into all read models, in SQLite and in memory, against reading the log alone. */
export function rebuild(): Promise<readonly Measurement[]> {
  return withScratch(async (folder) => {
    const data = await openSqlite(folder);
    await liveThrough(data, REQUESTS);
    const scan = await scanned(data.store);
    const memory = await folded(data.store, openMemory().readModels);
    const sqlite = await withScratch(async (other) => {
      const scratch = await openSqlite(other);
      const perSecond = await folded(data.store, scratch.readModels);
      await scratch.close();
      return perSecond;
    });
    await data.close();
    return [
      absolute('events per second into SQLite', sqlite, scan, 50_000),
      absolute('events per second in memory', memory, scan, 150_000),
    ];
  });
}

/** The goal is a figure of its own; the floor says what the machine could do at most. */
function absolute(metric: string, value: number, floor: number, goal: number): Measurement {
  return { ...measurement('rebuild', metric, value, floor), goal, met: value >= goal };
}

async function folded(store: EventStore, readModels: ReadModels): Promise<number> {
  let read = 0;
  const started = performance.now();
  for (const projection of PROJECTIONS) {
    const built = await foldFromStart(projection, projection.collection, { store, alarm: fail }, readModels, new AbortController().signal);
    read += built.read;
  }
  return (read / (performance.now() - started)) * 1_000;
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
