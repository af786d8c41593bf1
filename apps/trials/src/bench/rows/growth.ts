import { openSqlite } from '@onedoor/adapters';
import { fillLog } from '../fixtures/bulk-log.js';
import { measurement, type Measurement } from '../measurement.js';
import { withScratch } from '../scratch.js';
import { portAppends } from './append.js';

const SMALL_EVENTS = 100_000;
const LARGE_EVENTS = 3_000_000;
const CALLERS = 16;
const ROUNDS = 3;

/** Appends onto a log of three million events against appends onto one of a hundred thousand. */
export function growth(): Promise<readonly Measurement[]> {
  return withScratch(async (folder) => {
    await (await openSqlite(folder)).close();
    const small = await appendsAt(folder, SMALL_EVENTS);
    const large = await appendsAt(folder, LARGE_EVENTS);
    return [measurement('growth', 'appends per second at 3M events against at 100k', large, small, { atLeast: 0.8 })];
  });
}

async function appendsAt(folder: string, events: number): Promise<number> {
  fillLog(folder, events);
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) best = Math.max(best, (await portAppends(folder, CALLERS)).perSecond);
  return best;
}
