import { openSqlite } from '@onedoor/adapters';
import { fillLog } from '../fixtures/bulk-log.js';
import { best, measurement, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';
import { portAppends } from './append.js';

const SMALL_EVENTS = 100_000;
const LARGE_EVENTS = 3_000_000;
const CALLERS = 16;
const ROUNDS = 3;

/** Appends to a log of three million events. Floor: appends to a log of a hundred thousand. */
export function growth(): Promise<readonly Measurement[]> {
  return withTemporaryFolder(async (folder) => {
    await (await openSqlite(folder)).close();
    const small = await appendsAt(folder, SMALL_EVENTS);
    const large = await appendsAt(folder, LARGE_EVENTS);
    return [measurement('growth', 'appends per second at 3M events against at 100k', large, small, { atLeast: 0.8 })];
  });
}

async function appendsAt(folder: string, events: number): Promise<number> {
  fillLog(folder, events);
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round++) figures.push((await portAppends(folder, CALLERS)).perSecond);
  return best(figures);
}
